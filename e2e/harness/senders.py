"""Sends requests as bytes, so that what goes out is exactly what the test made."""

import http.client

import grpc

from .telemetry import PATHS, SERVICES, signal_of, to_json


def by_grpc(port, requests):
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        for request in requests:
            channel.unary_unary(SERVICES[signal_of(request)])(request.SerializeToString(), timeout=60)


def by_http(port, requests, json=False):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for request in requests:
        body = to_json(request) if json else request.SerializeToString()
        status, answer = post(connection, PATHS[signal_of(request)], body, "application/json" if json else "application/x-protobuf")
        assert status == 200, (status, answer)
    connection.close()


def post(connection, path, body, content_type="application/x-protobuf", **headers):
    """Status and body of the answer."""
    connection.request("POST", path, body, {"Content-Type": content_type, **headers})
    response = connection.getresponse()
    return response.status, response.read()
