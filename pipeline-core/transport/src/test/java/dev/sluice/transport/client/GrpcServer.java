package dev.sluice.transport.client;

import dev.sluice.testkit.Loop;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** A gRPC server of plain Vert.x that keeps what it gets and answers as told. */
final class GrpcServer {
    /** One call as it arrived: the frame is whole. */
    record Call(HttpServerRequest request, Buffer frame) {
        byte[] message() {
            return frame.getBytes(5, frame.length());
        }

        String header(String name) {
            return request.getHeader(name);
        }
    }

    final List<Call> calls = new CopyOnWriteArrayList<>();
    final List<HttpConnection> connections = new CopyOnWriteArrayList<>();
    volatile BiConsumer<HttpServerRequest, Buffer> answer = (request, frame) -> ok(request, new byte[0]);
    private final HttpServer server;

    GrpcServer(Vertx vertx) {
        this(vertx, new HttpServerOptions(), SocketAddress.inetSocketAddress(0, "127.0.0.1"));
    }

    GrpcServer(Vertx vertx, HttpServerOptions options, SocketAddress address) {
        server = vertx.createHttpServer(options)
                .connectionHandler(connections::add)
                .requestHandler(request -> request.body().onSuccess(frame -> {
                    calls.add(new Call(request, frame));
                    answer.accept(request, frame);
                }));
        Loop.await(server.listen(address));
    }

    int port() {
        return server.actualPort();
    }

    String endpoint() {
        return "http://127.0.0.1:" + port();
    }

    void close() {
        Loop.await(server.close());
    }

    static void ok(HttpServerRequest request, byte[] message) {
        ok(request, 0, message);
    }

    static void ok(HttpServerRequest request, int compressed, byte[] message) {
        HttpServerResponse response = request.response().putHeader("content-type", "application/grpc");
        response.putTrailer("grpc-status", "0");
        response.end(Buffer.buffer()
                .appendByte((byte) compressed)
                .appendInt(message.length)
                .appendBytes(message));
    }

    /** A refusal as gRPC servers send it: trailers only. */
    static void refuse(HttpServerRequest request, String code, String message, String details) {
        HttpServerResponse response = request.response()
                .putHeader("content-type", "application/grpc")
                .putHeader("grpc-status", code)
                .putHeader("grpc-message", message);
        if (!details.isEmpty()) {
            response.putHeader("grpc-status-details-bin", details);
        }
        response.end();
    }
}
