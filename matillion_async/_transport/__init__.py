"""httpx requests and responses over aiohttp's connections."""
