import { defineSubgraph } from "../kernel/define.ts";
import { viewerReference } from "../kernel/viewer.ts";
import { FirstConnectionResolver } from "./first-connection/resolvers.ts";
import {
  EmailChangeResolver,
  PasswordChangeResolver,
  RegistrationResolver,
  SessionResolver,
} from "./mutations/resolvers.ts";
import { PersonChangeResolver } from "./person-changes/resolvers.ts";
import { ownPersonById } from "./person.ts";
import { PrivacyResolver } from "./privacy/resolvers.ts";
import { ReminderResolver } from "./reminder/resolvers.ts";
import { PersonResolver, ViewerResolver } from "./resolvers.ts";
import { SocialAccountResolver, SocialSignInResolver } from "./social/resolvers.ts";
import { showViewer } from "./viewer.ts";
// Last: it waits for the list of ports, and the published schema follows the order of loading.
import { LandlordResolver } from "./landlord/resolvers.ts";
import { showLandlord } from "./landlord/show.ts";

/** Registration, sign-in, whoever is signed in, and the landlord. Owns Landlord, Person, Viewer. */
export default defineSubgraph({
  name: "identity",
  resolvers: [
    LandlordResolver,
    ViewerResolver,
    PersonResolver,
    PersonChangeResolver,
    RegistrationResolver,
    SessionResolver,
    PasswordChangeResolver,
    EmailChangeResolver,
    ReminderResolver,
    PrivacyResolver,
    FirstConnectionResolver,
    SocialSignInResolver,
    SocialAccountResolver,
  ],
  references: {
    Landlord: ({ id }, context) => (id === context.landlord.id ? showLandlord(context) : null),
    Person: ({ id }, context) => ownPersonById(context, id),
    Viewer: (reference, context) => viewerReference(reference, context) && showViewer(context),
  },
});
