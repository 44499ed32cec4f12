declare module "atkinson.ttf" {
  const base64: string;
  export default base64;
}
declare module "oxigraph.wasm" {
  const base64: string;
  export default base64;
}
declare module "oxigraph.glue" {
  const script: string;
  export default script;
}
