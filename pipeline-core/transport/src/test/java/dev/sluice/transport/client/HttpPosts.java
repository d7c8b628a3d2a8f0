package dev.sluice.transport.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.otlp.Bytes;
import dev.sluice.testkit.Configs;
import dev.sluice.testkit.Loop;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;

/** Tests that post to a server over a channel, on one loop with a manual clock. */
abstract class HttpPosts {
    static final Bytes BODY = Bytes.of("body".getBytes(UTF_8));

    /** A request as it arrived. */
    record Got(HttpServerRequest request, Buffer body) {}

    final Loop loop = new Loop("otlp");
    final List<Got> got = new CopyOnWriteArrayList<>();
    final List<HttpConnection> connections = new CopyOnWriteArrayList<>();
    private final List<HttpChannel> channels = new ArrayList<>();
    volatile BiConsumer<HttpServerRequest, Buffer> answer =
            (request, body) -> request.response().end();
    final HttpServer server = listen(new HttpServerOptions());
    HttpChannel channel = channel();

    @AfterEach
    final void stop() {
        for (HttpChannel open : channels) {
            loop.call(open::stop);
        }
        loop.close();
        assertThat(loop.surroundings().manualClock().pending()).isZero();
    }

    final HttpServer listen(HttpServerOptions options) {
        return listen(options, "127.0.0.1");
    }

    final HttpServer listen(HttpServerOptions options, String host) {
        return Loop.await(loop.vertx()
                .createHttpServer(options)
                .connectionHandler(connections::add)
                .requestHandler(request -> request.body().onSuccess(body -> {
                    got.add(new Got(request, body));
                    answer.accept(request, body);
                }))
                .listen(0, host));
    }

    /** @param options keys and values that differ from the default */
    final HttpChannel channel(Object... options) {
        HttpClientConfig config = Configs.with(HttpClientConfig.DEFAULT.within(Duration.ofSeconds(5)), options);
        HttpChannel made = loop.get(() -> new HttpChannel(config, loop.surroundings()));
        channels.add(made);
        loop.call(made::start);
        return made;
    }

    final HttpReply post(String path, Map<String, String> headers) {
        return post(path, headers, BODY);
    }

    final HttpReply post(String path, Map<String, String> headers, Bytes body) {
        return Loop.await(start(path, headers, body));
    }

    final HttpReply post(HttpTarget target) {
        return loop.call(() -> channel.post(target, Map.of(), BODY));
    }

    final Future<HttpReply> start(String path, Map<String, String> headers, Bytes body) {
        HttpTarget target = HttpTarget.parse("http://127.0.0.1:" + server.actualPort() + path);
        return loop.start(() -> channel.post(target, headers, body));
    }

    static HttpReply.Answer answered(HttpReply reply) {
        assertThat(reply).isInstanceOf(HttpReply.Answer.class);
        return (HttpReply.Answer) reply;
    }
}
