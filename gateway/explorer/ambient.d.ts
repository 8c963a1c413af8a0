/**
 * The few types of React that the Explorer uses. React ships none, and its typings are not among
 * the packages of this project; with `@types/react` and `@types/react-dom` this file can go.
 */
declare module "react" {
  export type ReactNode = unknown;
  export type FC<P = object> = (props: P) => ReactNode;
  export type ComponentType<P = object> = FC<P>;
  export type ComponentPropsWithoutRef<C> = C extends (props: infer P) => unknown ? P : never;
  export function useState<T>(initial: T | (() => T)): [T, (value: T) => void];
  export function useSyncExternalStore<T>(
    subscribe: (listener: () => void) => () => void,
    snapshot: () => T,
  ): T;
}

declare module "react-dom/client" {
  export function createRoot(container: Element): { render(node: unknown): void };
}

declare module "react/jsx-runtime" {
  export namespace JSX {
    type IntrinsicAttributes = { key?: string };
    type IntrinsicElements = Record<string, Record<string, unknown>>;
  }
  export const jsx: unknown;
  export const jsxs: unknown;
  export const Fragment: unknown;
}

declare module "*.css";
