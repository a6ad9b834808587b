/** Where a file of a dialogue's programme is. A link carries no header: its query names the account. */
export function recordingFileAddress(
  dialogueId: string,
  name: string,
  principal: string | null,
): string {
  const query = new URLSearchParams({ principal: principal ?? '' });
  return `/api/dialogues/${dialogueId}/recording/files/${encodeURIComponent(name)}?${query}`;
}
