/**
 * What holds of every request in a support view, in which one of the landlord's people sees what a
 * person sees: it is written down before anything is executed, or refused, and it changes nothing.
 */
import { createHash } from "node:crypto";
import type { ApolloServerPlugin } from "@apollo/server";
import type { FastifyRequest } from "fastify";
import {
  GraphQLError,
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import type { RequestContext } from "./context.ts";
import { asGraphQLError } from "./errors.ts";
import type { Texts } from "./landlord.ts";

/** A few kilobytes of a name would fill the audit; GraphQL sets no limit. */
const mostOfName = 100;

/** The one thing that may be done in a view. */
const ending = "endSupportView";

export const viewActs = ["VIEW_QUERY", "VIEW_REFUSED", "VIEW_DOWNLOAD"] as const;

interface Done {
  readonly act: (typeof viewActs)[number];
  readonly operation: string | null;
  /** Kept as its SHA-256 only: it may hold personal data. */
  readonly text: string;
}

/** Writes down what is about to be done, where it is in a support view. Rejects when that fails. */
export async function noteInView(
  context: RequestContext,
  { act, operation, text }: Done,
): Promise<void> {
  const { viewer, landlord, store } = context;
  if (!viewer?.support) return;
  const { id, staffId } = viewer.support;
  try {
    await store.supportActs.note({
      landlord: landlord.id,
      actor: staffId,
      act,
      subject: viewer.accountId,
      reason: "",
      view: {
        id,
        operation: operation?.slice(0, mostOfName) ?? null,
        hash: createHash("sha256").update(text).digest("hex"),
      },
    });
  } catch (error) {
    throw asGraphQLError(context, error);
  }
}

/** Every line that is logged of the request from here on says who looks at whose space. */
export function namesActor(request: FastifyRequest, { viewer }: RequestContext): void {
  if (!viewer?.support) return;
  const { id: supportView, staffId: actor } = viewer.support;
  request.log = request.log.child({ actor, subject: viewer.accountId, supportView });
}

export const guardsSupportViews: ApolloServerPlugin<RequestContext> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ operation, document, source, contextValue }) => {
      if (!contextValue.viewer?.support) return;
      const reads = operation?.operation === "query";
      // The ending is written down where it is done.
      if (!reads && operation && onlyEnds(document, operation)) return;
      await noteInView(contextValue, {
        act: reads ? "VIEW_QUERY" : "VIEW_REFUSED",
        operation: operation?.name?.value ?? null,
        text: source,
      });
      if (!reads) throw refusal(contextValue);
    },
  }),
};

function onlyEnds(document: DocumentNode, operation: OperationDefinitionNode): boolean {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.FRAGMENT_DEFINITION) continue;
    fragments.set(definition.name.value, definition);
  }
  const fieldsOf = ({ selections }: SelectionSetNode): string[] =>
    selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [selection.name.value];
      if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsOf(selection.selectionSet);
      const fragment = fragments.get(selection.name.value);
      return fragment ? fieldsOf(fragment.selectionSet) : [];
    });
  return fieldsOf(operation.selectionSet).every(
    (field) => field === ending || field === "__typename",
  );
}

const readOnly: Texts = {
  fr: "Vous consultez l'espace d'une autre personne : rien ne peut y être modifié. Terminez d'abord la consultation.",
  en: "You are looking at somebody else's space: nothing can be changed in it. End the view first.",
};

const refusal = ({ landlord, language, requestId }: RequestContext) =>
  new GraphQLError(readOnly[language], {
    extensions: {
      code: "FORBIDDEN",
      retryable: false,
      landlord: landlord.id,
      requestId,
      http: { status: 403 },
    },
  });
