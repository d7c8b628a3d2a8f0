package dev.sluice.exporters.otlpgrpc;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** An OTLP/gRPC server of plain Vert.x that checks what it gets and answers as told. */
final class GrpcStub {
    /** One call as it arrived: the frame is whole. */
    record Call(HttpServerRequest request, Buffer frame) {
        byte[] message() {
            return frame.getBytes(5, frame.length());
        }
    }

    final List<Call> calls = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    volatile BiConsumer<HttpServerRequest, Buffer> answer = (request, frame) -> ok(request, new byte[0]);

    GrpcStub(Vertx vertx) throws Exception {
        server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(frame -> {
                    calls.add(new Call(request, frame));
                    answer.accept(request, frame);
                }));
        server.listen(0, "127.0.0.1").await(10, TimeUnit.SECONDS);
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    static void ok(HttpServerRequest request, byte[] message) {
        HttpServerResponse response = request.response().putHeader("content-type", "application/grpc");
        response.putTrailer("grpc-status", "0");
        response.end(
                Buffer.buffer().appendByte((byte) 0).appendInt(message.length).appendBytes(message));
    }

    /** A refusal as gRPC servers send it: trailers only. */
    static void refuse(HttpServerRequest request, int code, String message, String details) {
        HttpServerResponse response = request.response()
                .putHeader("content-type", "application/grpc")
                .putHeader("grpc-status", Integer.toString(code))
                .putHeader("grpc-message", message);
        if (!details.isEmpty()) {
            response.putHeader("grpc-status-details-bin", details);
        }
        response.end();
    }
}
