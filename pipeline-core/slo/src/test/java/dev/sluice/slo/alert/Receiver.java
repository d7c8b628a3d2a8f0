package dev.sluice.slo.alert;

import dev.sluice.testkit.Loop;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A server that is told of alerts. */
final class Receiver {
    /** One request. */
    record Got(String path, MultiMap headers, Buffer body) {
        JsonObject object() {
            return new JsonObject(body);
        }

        /** What alerts are about, for a request of Alertmanager's API. */
        List<String> paths() {
            List<String> paths = new ArrayList<>();
            new JsonArray(body)
                    .forEach(alert -> paths.add(
                            ((JsonObject) alert).getJsonObject("labels").getString("path")));
            return paths;
        }
    }

    private final HttpServer server;
    private final BlockingQueue<Got> got = new LinkedBlockingQueue<>();
    private volatile Consumer<HttpServerResponse> answer = HttpServerResponse::end;

    Receiver(Vertx vertx) {
        server = Loop.await(vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    Consumer<HttpServerResponse> next = answer;
                    got.add(new Got(request.uri(), request.headers(), body));
                    next.accept(request.response());
                }))
                .listen(0, "127.0.0.1"));
    }

    String address() {
        return "127.0.0.1:" + server.actualPort();
    }

    /** From the next request on. */
    void answering(int status) {
        answering(response -> response.setStatusCode(status).end());
    }

    void answering(Consumer<HttpServerResponse> next) {
        answer = next;
    }

    /** The next request, waited for. */
    Got take() throws InterruptedException {
        Got next = got.poll(20, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no request in 20 s");
        }
        return next;
    }

    /** Requests that have come and were not taken. */
    int waiting() {
        return got.size();
    }
}
