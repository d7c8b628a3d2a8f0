package dev.sluice.transport.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Admission.Level;
import dev.sluice.api.Outcome;
import dev.sluice.otlp.Bytes;
import dev.sluice.testkit.Budget;
import dev.sluice.testkit.Configs;
import dev.sluice.testkit.Loop;
import dev.sluice.transport.server.RawHttp.Answer;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client may not do to an HTTP server (reliability.md, 3.1). */
class HttpLimitsTest {
    private static final HttpServerConfig CONFIG =
            HttpServerConfig.at("127.0.0.1:0").timeouts(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    private final Budget budget = new Budget(1 << 20);
    private final Loop loop = new Loop("otlp");
    private final List<HttpCall> taken = new ArrayList<>();
    private HttpListener listener;

    private void listen(HttpServerConfig config) throws Exception {
        loop.surroundings().admission(budget);
        listener = new HttpListener(config, loop.surroundings(), this::handle);
        loop.call(listener::start);
    }

    @AfterEach
    void stop() throws Exception {
        Future<?> stopped = loop.get(listener::stop);
        loop.advance(Duration.ofSeconds(10));
        loop.call(() -> stopped);
        assertThat(budget.used()).as("bytes accounted for at the end").isZero();
        assertThat(loop.surroundings().manualClock().pending()).isZero();
        loop.close();
    }

    private void handle(HttpCall call) {
        call.receive(new BodyHandler() {
            @Override
            public void received(Bytes body) {
                if (call.path().equals("/hold")) {
                    taken.add(call);
                } else {
                    call.text(200, "" + body.length());
                }
            }

            @Override
            public void refused(Outcome.Refused reason) {
                call.text(RpcStatus.of(reason).http(), reason.message());
            }
        });
    }

    private RawHttp connect() throws Exception {
        RawHttp client = new RawHttp(listener.port());
        // The loop has seen all of it when this has been answered.
        assertThat(client.send("POST / HTTP/1.1\nhost: x\ncontent-length: 1\n\nx")
                        .read()
                        .status())
                .isEqualTo(200);
        return client;
    }

    /** Waits until the loop has read what was sent before on other connections: it reads all that wait before it comes back to one. */
    private void settle(RawHttp other) throws Exception {
        for (int i = 0; i < 2; i++) {
            other.send("POST / HTTP/1.1\nhost: x\ncontent-length: 1\n\nx").read();
        }
    }

    @Test
    void closesWhenHeadersTakeTooLongAndKeepsQuietConnections() throws Exception {
        listen(CONFIG);
        try (RawHttp slow = connect();
                RawHttp behind = new RawHttp(listener.port());
                RawHttp preface = new RawHttp(listener.port());
                RawHttp quiet = connect();
                RawHttp silent = new RawHttp(listener.port())) {
            slow.send("POST / HTT");
            preface.send("PRI * HT");
            behind.send("POST / HTTP/1.1\nhost: x\ncontent-length: 1\n\nxPOST / HTT")
                    .read();
            settle(quiet);
            loop.advance(Duration.ofSeconds(9));
            slow.send("P/1.1\n");
            settle(quiet);
            loop.advance(Duration.ofSeconds(2));
            assertThat(slow.ended()).isTrue();
            assertThat(preface.ended()).isTrue();
            assertThat(behind.ended()).isTrue();
            loop.advance(Duration.ofHours(1));
            settle(quiet);
            settle(silent);
        }
    }

    @Test
    void answersATimeoutWhenABodyIsTooSlow() throws Exception {
        listen(CONFIG);
        try (RawHttp slow = connect();
                RawHttp steady = connect();
                RawHttp other = connect()) {
            slow.send("POST / HTTP/1.1\nhost: x\ncontent-length: 100\n\nx");
            steady.send("POST / HTTP/1.1\nhost: x\ncontent-length: 60000\n\n" + "x".repeat(40_000));
            settle(other);
            assertThat(budget.used()).isEqualTo(60_100);
            loop.advance(Duration.ofSeconds(31));
            assertThat(slow.read().status()).isEqualTo(408);
            loop.advance(Duration.ofSeconds(3));
            assertThat(slow.ended()).isTrue();
            assertThat(steady.send("x".repeat(20_000)).read().text()).isEqualTo("60000\n");
        }
    }

    @Test
    void endsIdleConnectionsAndAnswersThatTakeTooLongWhereConfigured() throws Exception {
        listen(CONFIG.timeouts(Duration.ZERO, Duration.ofSeconds(20), Duration.ofSeconds(60)));
        try (RawHttp idle = connect();
                RawHttp silent = new RawHttp(listener.port());
                RawHttp held = connect()) {
            held.send("POST /hold HTTP/1.1\nhost: x\ncontent-length: 1\n\nx");
            while (loop.get(taken::isEmpty)) {
                Thread.onSpinWait();
            }
            loop.advance(Duration.ofSeconds(21));
            assertThat(held.ended()).isTrue();
            assertThat(budget.used()).isEqualTo(1);
            loop.get(() -> {
                taken.getFirst().text(200, "too late");
                return true;
            });
            loop.advance(Duration.ofSeconds(40));
            assertThat(idle.ended()).isTrue();
            assertThat(silent.ended()).isTrue();
        }
    }

    @Test
    void refusesBodiesThatThereIsNoRoomForBeforeReadingThem() throws Exception {
        listen(CONFIG);
        try (RawHttp client = connect();
                RawHttp holding = connect()) {
            holding.send("POST / HTTP/1.1\nhost: x\ncontent-length: 1000000\n\nx");
            settle(client);
            Answer answer = client.send("POST / HTTP/1.1\nhost: x\ncontent-length: 100000\n\n" + "x".repeat(100_000))
                    .read();
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.text()).isEqualTo("data refused due to high memory usage\n");
            // It was little enough to read over it.
            settle(client);
            Answer chunked = client.send("POST / HTTP/1.1\nhost: x\ntransfer-encoding: chunked\n\n10000\n"
                            + "x".repeat(65_536) + "\n")
                    .read();
            assertThat(chunked.status()).isEqualTo(429);
            assertThat(budget.most()).isLessThanOrEqualTo(1 << 20);
        }
        settle();
    }

    @Test
    void closesTheDearestConnectionWhenMemoryIsAtTheHardLimit() throws Exception {
        listen(CONFIG);
        try (RawHttp dear = connect();
                RawHttp cheap = connect();
                RawHttp client = connect()) {
            dear.send("POST / HTTP/1.1\nhost: x\ncontent-length: 900000\n\nx");
            cheap.send("POST / HTTP/1.1\nhost: x\ncontent-length: 90000\n\nx");
            settle(client);
            budget.level(Level.HARD);
            assertThat(client.send("POST / HTTP/1.1\nhost: x\ncontent-length: 100000\n\n" + "x".repeat(100_000))
                            .read()
                            .status())
                    .isEqualTo(429);
            assertThat(dear.ended()).isTrue();
            budget.level(Level.NORMAL);
            assertThat(cheap.send("x".repeat(89_999)).read().status()).isEqualTo(200);
        }
        settle();
    }

    @Test
    void givesBackWhatABrokenConnectionHeld() throws Exception {
        listen(CONFIG);
        try (RawHttp client = connect()) {
            try (RawHttp broken = connect()) {
                broken.send("POST / HTTP/1.1\nhost: x\ncontent-length: 900000\n\nx");
                settle(client);
                assertThat(budget.used()).isEqualTo(900_000);
            }
            settle();
        }
    }

    @Test
    void takesNoMoreConnectionsThanConfigured() throws Exception {
        listen(Configs.with(CONFIG, "max_connections", 2));
        try (RawHttp first = connect();
                RawHttp second = connect();
                RawHttp third = new RawHttp(listener.port())) {
            assertThat(third.ended()).isTrue();
            settle(first);
            settle(second);
        }
    }

    @Test
    void doesNotWaitLongForUnfinishedRequestsWhenItStops() throws Exception {
        listen(CONFIG);
        try (RawHttp unfinished = connect();
                RawHttp other = connect()) {
            unfinished.send("POST / HTTP/1.1\nhost: x\ncontent-length: 100\n\nx");
            settle(other);
            Future<?> stopped = loop.get(listener::stop);
            loop.advance(Duration.ofSeconds(4));
            assertThat(stopped.isComplete()).isFalse();
            loop.advance(Duration.ofSeconds(2));
            assertThat(unfinished.read().status()).isEqualTo(408);
        }
    }

    @Test
    @Timeout(60)
    void doesNotReadFromAClientThatReadsNoAnswers() throws Exception {
        listen(CONFIG);
        try (RawHttp deaf = connect();
                RawHttp other = connect()) {
            byte[] requests = "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\n\r\nx"
                    .repeat(1_000)
                    .getBytes(StandardCharsets.US_ASCII);
            AtomicLong sent = new AtomicLong();
            Thread sender = Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        deaf.send(requests);
                        sent.incrementAndGet();
                    }
                } catch (IOException closed) {
                    sent.set(-1);
                }
            });
            // Once the buffers of both sockets are full nothing goes any more, however long it is waited for.
            long before = -1;
            int unchanged = 0;
            while (unchanged < 200) {
                settle(other);
                unchanged = sent.get() == before ? unchanged + 1 : 0;
                before = sent.get();
            }
            assertThat(before).isPositive();
            deaf.close();
            sender.join();
            assertThat(sent.get()).isEqualTo(-1);
        }
        settle();
    }

    /** Waits until everything is given back. */
    private void settle() {
        while (budget.used() != 0) {
            Thread.onSpinWait();
        }
    }
}
