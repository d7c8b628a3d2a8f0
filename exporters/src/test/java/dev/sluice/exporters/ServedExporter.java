package dev.sluice.exporters;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Exporter;
import dev.sluice.api.Outcome;
import dev.sluice.api.Telemetry;
import dev.sluice.testkit.Loop;
import dev.sluice.testkit.TestContext;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/** An exporter of JSON by HTTP at work on a loop of its own, and the servers that it sends to. */
public final class ServedExporter implements AutoCloseable {
    private static final int OK = 200;

    /** One request. */
    public record Got(String method, String path, MultiMap headers, Buffer body) {}

    private final Loop loop;
    private final List<Server> servers;
    private final Exporter exporter;

    /** @param maker of the exporter, given the addresses of that many servers, {@code host:port} */
    public ServedExporter(String id, int servers, BiFunction<List<String>, ComponentContext, Exporter> maker) {
        loop = new Loop(id);
        this.servers = java.util.stream.IntStream.range(0, servers)
                .mapToObj(i -> new Server())
                .toList();
        exporter = maker.apply(this.servers.stream().map(Server::address).toList(), loop.surroundings());
        loop.call(exporter::start);
    }

    public TestContext context() {
        return loop.surroundings();
    }

    public Server server(int number) {
        return servers.get(number);
    }

    public Outcome send(Telemetry batch) {
        return loop.call(() -> exporter.consume(batch));
    }

    /** Lets time pass for the exporter. */
    public void after(Duration time) {
        loop.advance(time);
    }

    @Override
    public void close() {
        loop.call(exporter::stop);
        loop.close();
    }

    private record Answer(int status, String body) {
        private static final Answer EMPTY = new Answer(OK, "");
    }

    /** One of the servers. */
    public final class Server {
        private final BlockingQueue<Got> got = new LinkedBlockingQueue<>();
        private final HttpServer http;
        private final Map<String, Answer> answers = new ConcurrentHashMap<>();
        private final Queue<Integer> next = new ConcurrentLinkedQueue<>();
        private volatile int status = OK;
        private volatile String retryAfter = "";

        private Server() {
            http = Loop.await(loop.vertx()
                    .createHttpServer()
                    .requestHandler(request -> request.body().onSuccess(body -> {
                        got.add(new Got(request.method().name(), request.uri(), request.headers(), body));
                        Answer answer = answers.getOrDefault(request.method() + " " + request.path(), Answer.EMPTY);
                        Integer first = next.poll();
                        int code = first != null ? first : status == OK ? answer.status() : status;
                        if (code != OK && !retryAfter.isEmpty()) {
                            request.response().putHeader("retry-after", retryAfter);
                        }
                        request.response().setStatusCode(code).end(answer.body());
                    }))
                    .listen(0, "127.0.0.1"));
        }

        public void answering(int code) {
            status = code;
        }

        /** One after the other, before all else. */
        public void answering(List<Integer> statuses) {
            next.addAll(statuses);
        }

        /** When those that are refused may come again. */
        public void retryAfter(Duration delay) {
            retryAfter = Long.toString(delay.toSeconds());
        }

        /** Only to requests of that method and path, without the query. */
        public void answering(String request, int code, String body) {
            answers.put(request, new Answer(code, body));
        }

        /** All requests since the last call. */
        public List<Got> taken() {
            List<Got> taken = new ArrayList<>();
            got.drainTo(taken);
            return taken;
        }

        /** The next requests, which are waited for. */
        public List<Got> taken(int requests) {
            List<Got> taken = new ArrayList<>();
            try {
                while (taken.size() < requests) {
                    taken.add(Objects.requireNonNull(
                            got.poll(30, TimeUnit.SECONDS), () -> "no more requests than " + taken));
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return taken;
        }

        private String address() {
            return "127.0.0.1:" + http.actualPort();
        }
    }
}
