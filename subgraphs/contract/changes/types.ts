import { Change } from "../../kernel/change-types.ts";
import { connectionOf } from "../../kernel/shared-types.ts";

export const ChangeConnection = connectionOf("Change", () => Change);
