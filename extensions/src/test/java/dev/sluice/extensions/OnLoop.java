package dev.sluice.extensions;

import dev.sluice.api.Extension;
import dev.sluice.testkit.Loop;
import dev.sluice.testkit.TestContext;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.ToIntFunction;

/** An extension that listens, at work on a loop of its own, and a client of it. */
public final class OnLoop<E extends Extension> implements AutoCloseable {
    private final Loop loop;
    /** As those that probe and scrape do it; Java's would change to HTTP/2 by itself. */
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final ToIntFunction<E> port;
    private final E extension;

    /** Makes the extension in the surroundings given, and starts it. */
    public OnLoop(String id, Making<E> making, ToIntFunction<E> port) {
        this.loop = new Loop(id);
        this.port = port;
        this.extension = loop.get(() -> making.make(loop.surroundings()));
        loop.call(extension::start);
    }

    public void pass(Duration time) {
        loop.advance(time);
    }

    /** Does something with the extension and its surroundings, on the loop. */
    public <T> T with(BiFunction<E, TestContext, Future<T>> work) {
        return loop.call(() -> work.apply(extension, loop.surroundings()));
    }

    public HttpResponse<String> get(String target, String... headers) {
        return send("GET", target, headers);
    }

    public HttpResponse<String> send(String method, String target, String... headers) {
        int at = loop.get(() -> port.applyAsInt(extension));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at + target))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(30));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        loop.call(extension::stop);
        client.close();
        loop.close();
    }

    /** Makes an extension. */
    @FunctionalInterface
    public interface Making<E extends Extension> {
        E make(TestContext context);
    }
}
