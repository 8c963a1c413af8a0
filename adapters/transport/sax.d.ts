/** What we use of the `sax` package, which brings no types. */
declare module "sax" {
  export interface Attribute {
    readonly local: string;
    readonly uri: string;
    readonly value: string;
  }
  export interface Tag {
    readonly local: string;
    readonly uri: string;
    /** Namespaces by prefix, those of the elements around included. */
    readonly ns: Readonly<Record<string, string>>;
    readonly attributes: Record<string, Attribute>;
    /** The prefixes that are declared where it stands; the empty one for those without. */
    readonly ns: Readonly<Record<string, string>>;
  }
  export interface Handlers {
    onopentag: (tag: Tag) => void;
    onclosetag: () => void;
    ontext: (text: string) => void;
    oncdata: (text: string) => void;
    ondoctype: () => void;
    onerror: (error: Error) => void;
  }
  export interface Parser {
    /** One of `STATE`. */
    readonly state: number;
    /** From 0; only with `position`. */
    readonly line: number;
    /** What was read so far of the element that is being opened. */
    readonly attribList: { readonly length: number };
    write(text: string): Parser;
    /** Hands out the text that is waiting for its end. */
    flush(): void;
    close(): Parser;
  }
  const sax: {
    /** TEXT: between tags, not in the midst of an entity. */
    readonly STATE: { readonly TEXT: number };
    parser(
      strict: boolean,
      options: { xmlns: true; strictEntities: true; position: boolean },
    ): Parser;
  };
  export default sax;
}
