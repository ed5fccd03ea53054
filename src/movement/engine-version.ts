/** Raised whenever an inference can change: the same inputs may then give other findings. */
export const ENGINE_VERSION = "6";
