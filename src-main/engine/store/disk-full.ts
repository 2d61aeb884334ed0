/** Whether it failed because there is no room left on the disk. */
export const isDiskFull = (error: unknown): boolean =>
  error instanceof Error &&
  /No space left|ENOSPC|disk is full|failed to offload|max_temp_directory_size/i.test(error.message)
