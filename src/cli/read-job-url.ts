/** The module that threads load to read inputs. Named here and not by its users, so that it is found from a bundle. */
export const READ_JOB_URL = new URL("read-job.js", import.meta.url).href;
