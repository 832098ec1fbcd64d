console.error('the configuration has a fault: THE_SETTING is required')
process.exit(78)
