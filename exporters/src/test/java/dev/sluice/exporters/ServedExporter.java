package dev.sluice.exporters;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Exporter;
import dev.sluice.api.Outcome;
import dev.sluice.api.Telemetry;
import dev.sluice.testkit.TestContext;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** An exporter of JSON by HTTP at work on a loop of its own, and the servers that it sends to. */
public final class ServedExporter implements AutoCloseable {
    /** One request. */
    public record Got(String path, MultiMap headers, Buffer body) {}

    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final TestContext context;
    private final List<Server> servers;
    private final Exporter exporter;

    /** @param maker of the exporter, given the addresses of that many servers, {@code host:port} */
    public ServedExporter(String id, int servers, BiFunction<List<String>, ComponentContext, Exporter> maker) {
        context = new TestContext(id, vertx);
        this.servers = java.util.stream.IntStream.range(0, servers)
                .mapToObj(i -> new Server())
                .toList();
        exporter = maker.apply(this.servers.stream().map(Server::address).toList(), context);
        on(() -> exporter.start().mapEmpty());
    }

    public TestContext context() {
        return context;
    }

    public Server server(int number) {
        return servers.get(number);
    }

    public Outcome send(Telemetry batch) {
        return on(() -> exporter.consume(batch));
    }

    @Override
    public void close() {
        on(() -> exporter.stop().mapEmpty());
        await(vertx.close());
    }

    private <T> T on(Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        loop.runOnContext(go -> work.get().onComplete(done));
        return await(done.future());
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(30, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One of the servers. */
    public final class Server {
        private final List<Got> got = new CopyOnWriteArrayList<>();
        private final HttpServer http;
        private volatile int status = 200;

        private Server() {
            http = await(vertx.createHttpServer()
                    .requestHandler(request -> request.body().onSuccess(body -> {
                        got.add(new Got(request.uri(), request.headers(), body));
                        request.response().setStatusCode(status).end();
                    }))
                    .listen(0, "127.0.0.1"));
        }

        public void answering(int next) {
            status = next;
        }

        /** All requests since the last call. */
        public List<Got> taken() {
            List<Got> taken = List.copyOf(got);
            got.clear();
            return taken;
        }

        private String address() {
            return "127.0.0.1:" + http.actualPort();
        }
    }
}
