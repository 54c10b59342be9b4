// One JSON request per line in, one JSON answer per line out.
//   {verify: text, key: SPKI in PEM, alg}             -> {content} or {error}
//   {sign: content, key: PKCS#8 in PEM, alg, kid, times: {iat, exp}}  -> {text}
import { createInterface } from "node:readline";
import { deflateSync, inflateSync } from "node:zlib";
import { importPKCS8, importSPKI } from "jose";
import base45 from "base45";
import { Decoder, Encoder } from "cbor-x";
import { Algorithms, Headers, Sign1 } from "@auth0/cose";

const decoder = new Decoder({ mapsAsObjects: false });
const encoder = new Encoder({ mapsAsObjects: false, useRecords: false, tagUint8Array: false });
const HCERT = -260;

const plain = (item) =>
  item instanceof Map
    ? Object.fromEntries([...item].map(([key, value]) => [key, plain(value)]))
    : Array.isArray(item)
      ? item.map(plain)
      : item;

async function verify({ verify: text, key, alg }) {
  const message = Sign1.decode(inflateSync(base45.decode(text.replace("HC1:", ""))));
  await message.verify(await importSPKI(key, alg));
  const claims = decoder.decode(message.payload);
  return { content: plain(claims.get(HCERT).get(1)), iat: claims.get(6), exp: claims.get(4) };
}

const maps = (item) =>
  Array.isArray(item)
    ? item.map(maps)
    : item instanceof Object
      ? new Map(Object.entries(item).map(([key, value]) => [key, maps(value)]))
      : item;

async function sign({ sign: content, key, alg, kid, times }) {
  const claims = new Map([
    [4, times.exp],
    [6, times.iat],
    [HCERT, new Map([[1, maps(content)]])],
  ]);
  const header = [
    [Headers.Algorithm, Algorithms[alg]],
    [Headers.KeyID, Buffer.from(kid, "hex")],
  ];
  const payload = encoder.encode(claims);
  const message = await Sign1.sign(header, [], payload, await importPKCS8(key, alg));
  return { text: "HC1:" + base45.encode(deflateSync(message.encode())) };
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  const answer = await (request.verify ? verify : sign)(request).catch((error) => ({ error: String(error) }));
  console.log(JSON.stringify(answer));
}
