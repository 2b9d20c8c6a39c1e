// crypto.randomUUID exists on secure pages alone; a workbench in a local network may not be one.
const newId = () => [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('')
