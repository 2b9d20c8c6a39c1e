"""The door: the pages for who is not signed in, plain HTML that needs no script."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


async def sign_in(_request: Request) -> Response:
    return Response("", 200)


ENTRANCE = [Route("/sign-in", sign_in)]
