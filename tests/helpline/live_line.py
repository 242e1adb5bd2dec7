"""The live process's app inside a test, spoken to as a browser speaks: same-origin forms, cookies kept."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import httpx

from havn.live.app import live_app

Result = TypeVar("Result")
OURS = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}
NO_SCRIPT = {"origin": "null", "sec-fetch-site": "same-origin"}


class Browser:
    """One child's browser. Answers are not followed."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def post(
        self, path: str, fields: Mapping[str, Any] | None = None, *, json: bool = False, **options: Any
    ) -> httpx.Response:
        headers = {**OURS, **options.pop("headers", {})}
        if json:
            headers["accept"] = "application/json"
        return await self.client.post(path, data={"lang": "en", **(fields or {})}, headers=headers, **options)

    async def get(self, path: str, **headers: str) -> httpx.Response:
        return await self.client.get(path, headers=headers)


def in_live(work: Callable[[Callable[..., Browser]], Awaitable[Result]]) -> Result:
    """Start the app, run `work` with a maker of browsers (`browser(cookies={…})`), stop the app."""

    async def run() -> Result:
        app = live_app()
        await app.start()
        clients: list[httpx.AsyncClient] = []

        def browser(**options: Any) -> Browser:
            client = httpx.AsyncClient(
                transport=httpx.ASGITransport(app=app),
                base_url="http://testserver",
                timeout=60,
                **options,
            )
            clients.append(client)
            return Browser(client)

        try:
            return await work(browser)
        finally:
            for client in clients:
                await client.aclose()
            await app.stop()

    # In a thread of its own: a browser test that ran before keeps an event loop in this one.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(run())).result()
