#!/usr/bin/env node
// Stands where Electron's binary would: started with `.` by electron-vite, it starts the loopback host.
process.argv.splice(2, process.argv.length, 'serve')
require('./spoor.cjs')
