"""How requests get to a server and responses come back: values, a Protocol, and a transport over aiohttp."""
