// The Nu HTML checker, over all files at once: any error and any warning is a defect.

import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const JAR = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");

/** What it says of the files: `{ file, words }`. It has no kind of message that is fine. */
export async function nu(files) {
  const said = await run(["-jar", JAR, "--format", "json", "--stdout", "--exit-zero-always", ...files]);
  return JSON.parse(said).messages.map((message) => {
    const kind = message.subType ?? message.type;
    const extract = (message.extract ?? "").replace(/\s+/g, " ").trim().slice(0, 120);
    const line = message.lastLine ?? "?";
    return { file: fileOf(message, files), words: `${kind}, line ${line}: ${message.message} (${extract})` };
  });
}

function fileOf(message, files) {
  const path = message.url?.startsWith("file:") ? fileURLToPath(message.url) : files[0];
  return files.includes(path) ? path : files[0];
}

function run(args) {
  return new Promise((done, failed) => {
    execFile("java", args, { maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
      if (error) failed(new Error(`the Nu HTML checker does not run: ${error.message}\n${stderr}`));
      else done(stdout);
    });
  });
}
