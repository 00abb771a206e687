// Fetching that tells a line that is gone for the moment from a file that is not there.

/** The response. An error that is `missing`: the server says no; any other error: the line. */
export async function fetching(address, signal) {
  const response = await fetch(address, { signal });
  if (response.ok) return response;
  const passing = response.status >= 500 || response.status === 408 || response.status === 429;
  throw Object.assign(new Error(`${response.status} ${address}`), { missing: !passing });
}

/** The text at an address; the line is given three tries. */
export async function fetchText(address, signal) {
  for (let tries = 1; ; tries += 1) {
    try {
      return await (await fetching(address, signal)).text();
    } catch (error) {
      if (error.missing || signal.aborted || tries === 3) throw error;
      await pause(tries * 1000);
    }
  }
}

export function pause(milliseconds) {
  return new Promise((done) => setTimeout(done, milliseconds));
}
