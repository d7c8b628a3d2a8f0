package dev.sluice.transport.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.otlp.Bytes;
import dev.sluice.testkit.Configs;
import dev.sluice.testkit.Loop;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** Tests that call a server over a channel, on one loop with a manual clock. */
abstract class GrpcCalls {
    static final String PATH = "/a.Service/Method";
    static final Bytes MESSAGE = Bytes.of("message".getBytes(UTF_8));
    static final Duration TIMEOUT = Duration.ofSeconds(5);

    final Loop loop = new Loop("otlp");
    final GrpcServer server = new GrpcServer(loop.vertx());
    private final List<GrpcChannel> channels = new ArrayList<>();
    GrpcChannel channel = channel(server.endpoint());

    @AfterEach
    final void stop() {
        for (GrpcChannel open : channels) {
            loop.call(open::stop);
            loop.call(open::stop);
        }
        assertThat(loop.surroundings().manualClock().pending()).isZero();
        loop.close();
    }

    /** Waits until so many timers wait. */
    final void untilPending(int timers) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (loop.get(() -> loop.surroundings().manualClock().pending()) != timers) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    /** @param options keys and values that differ from the default */
    final GrpcChannel channel(String endpoint, Object... options) {
        GrpcClientConfig config = Configs.with(Configs.with(GrpcClientConfig.DEFAULT, "endpoint", endpoint), options);
        GrpcChannel made = loop.get(() -> new GrpcChannel(config, loop.surroundings()));
        channels.add(made);
        loop.call(made::start);
        return made;
    }

    final Future<GrpcReply> start() {
        return loop.start(() -> channel.call(PATH, MESSAGE, TIMEOUT));
    }

    final GrpcReply call() {
        return Loop.await(start());
    }

    final GrpcReply call(Bytes message) {
        return loop.call(() -> channel.call(PATH, message, TIMEOUT));
    }
}
