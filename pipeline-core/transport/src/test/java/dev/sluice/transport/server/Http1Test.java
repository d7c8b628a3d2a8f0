package dev.sluice.transport.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.otlp.Bytes;
import dev.sluice.testkit.Loop;
import dev.sluice.transport.server.RawHttp.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class Http1Test {
    private static final HttpServerConfig CONFIG = HttpServerConfig.at("127.0.0.1:0");

    private final Loop loop = new Loop("otlp");
    private final List<HttpCall> calls = new ArrayList<>();
    private HttpListener listener = new HttpListener(CONFIG, loop.surroundings(), this::handle);

    @BeforeEach
    void listen() throws Exception {
        loop.call(listener::start);
    }

    @AfterEach
    void stop() throws Exception {
        loop.call(listener::stop);
        loop.close();
    }

    private void handle(HttpCall call) {
        switch (call.path()) {
            case "/hello" -> call.header("x-query", call.query()).text(200, "hello");
            case "/echo" -> call.receive(new Echo(call));
            case "/pieces" -> {
                call.begin(200, "text/plain");
                call.write(Bytes.of("one ".getBytes(StandardCharsets.US_ASCII)));
                call.write(Bytes.of("two".getBytes(StandardCharsets.US_ASCII)));
                call.end();
            }
            case "/later" -> calls.add(call);
            case "/bug" -> throw new IllegalStateException("bug");
            default -> call.text(404, "404 page not found");
        }
    }

    private RawHttp connect() throws Exception {
        return new RawHttp(listener.port());
    }

    @Test
    void answersOneRequestAfterTheOtherOnAConnection() throws Exception {
        try (RawHttp client = connect()) {
            Answer first = client.send("GET /hello?a=b HTTP/1.1\nhost: x\n\n").read();
            assertThat(first.status()).isEqualTo(200);
            assertThat(first.text()).isEqualTo("hello\n");
            assertThat(first.header("x-query")).isEqualTo("a=b");
            assertThat(first.header("date")).isEqualTo("Tue, 14 Nov 2023 22:13:20 GMT");
            Answer second = client.send("POST /echo HTTP/1.1\nhost: x\ncontent-length: 4\n\nbody")
                    .read();
            assertThat(second.text()).isEqualTo("body");
            assertThat(client.send("GET /nowhere HTTP/1.1\nhost: x\n\n").read().status())
                    .isEqualTo(404);
        }
    }

    @Test
    void goesOnWithRequestsOfWhichAPartCameBehindAnother() throws Exception {
        try (RawHttp client = connect()) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.send("GET /hello HTTP/1.1\nhost: x\n\nPOST /echo HTTP/1.1\nho")
                                .read()
                                .text())
                        .isEqualTo("hello\n");
                assertThat(client.send("st: x\ncontent-length: 4\n\nbo")
                                .send("dy")
                                .read()
                                .text())
                        .isEqualTo("body");
            }
        }
    }

    @Test
    void staysWithHttp1OnceItIsSpoken() throws Exception {
        try (RawHttp client = connect()) {
            client.send("GET /hello HTTP/1.1\nhost: x\n\n").read();
            assertThat(client.send("PRI * HTTP/2.0\n\nSM\n\n").read().status()).isEqualTo(404);
        }
    }

    @Test
    void answersPipelinedRequestsInOrder() throws Exception {
        try (RawHttp client = connect()) {
            StringBuilder many = new StringBuilder("GET /later HTTP/1.1\nhost: x\n\n");
            for (int i = 0; i < 3_000; i++) {
                many.append("GET /hello?").append(i).append(" HTTP/1.1\nhost: x\n\n");
            }
            client.send(many.toString());
            while (loop.get(calls::isEmpty)) {
                Thread.onSpinWait();
            }
            loop.get(() -> {
                calls.getFirst().text(200, "first");
                return true;
            });
            assertThat(client.read().text()).isEqualTo("first\n");
            for (int i = 0; i < 3_000; i++) {
                assertThat(client.read().header("x-query")).isEqualTo("" + i);
            }
        }
    }

    @Test
    void takesChunkedBodiesAndSendsPieces() throws Exception {
        try (RawHttp client = connect()) {
            Answer echo = client.send(
                            "POST /echo HTTP/1.1\nhost: x\ntransfer-encoding: chunked\n\n3\nabc\n4\ndefg\n0\n\n")
                    .read();
            assertThat(echo.text()).isEqualTo("abcdefg");
            Answer pieces = client.send("GET /pieces HTTP/1.1\nhost: x\n\n").read();
            assertThat(pieces.text()).isEqualTo("one two");
        }
    }

    @Test
    void closesAfterHttp10AndAfterConnectionClose() throws Exception {
        try (RawHttp old = connect();
                RawHttp asked = connect()) {
            Answer pieces = old.send("GET /pieces HTTP/1.0\n\n").read();
            assertThat(pieces.header("connection")).isEqualTo("close");
            assertThat(new String(old.exactly(7), StandardCharsets.US_ASCII)).isEqualTo("one two");
            assertThat(old.ended()).isTrue();
            Answer answer = asked.send("GET /hello HTTP/1.1\nhost: x\nconnection: close\n\n")
                    .read();
            assertThat(answer.header("connection")).isEqualTo("close");
            assertThat(asked.ended()).isTrue();
        }
    }

    @Test
    void leavesTheBodyAwayForHead() throws Exception {
        try (RawHttp client = connect()) {
            assertThat(client.send("HEAD /hello HTTP/1.1\nhost: x\n\n").head()).contains("content-length: 6");
            assertThat(client.send("GET /hello HTTP/1.1\nhost: x\n\n").read().text())
                    .isEqualTo("hello\n");
        }
    }

    @Test
    void tellsAClientThatWaitsToSend() throws Exception {
        try (RawHttp client = connect()) {
            client.send("POST /echo HTTP/1.1\nhost: x\nexpect: 100-continue\ncontent-length: 2\n\n");
            assertThat(client.read().status()).isEqualTo(100);
            assertThat(client.send("ok").read().text()).isEqualTo("ok");
        }
    }

    @Test
    void refusesALargeBodyBeforeItComes() throws Exception {
        try (RawHttp client = connect()) {
            Answer answer = client.send(
                            "POST /echo HTTP/1.1\nhost: x\nexpect: 100-continue\ncontent-length: 20971521\n\n")
                    .read();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.text()).isEqualTo("http: request body too large\n");
            assertThat(answer.header("connection")).isEqualTo("close");
            loop.advance(Duration.ofSeconds(3));
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void answersWhatIsNoRequest() throws Exception {
        try (RawHttp nonsense = connect();
                RawHttp longLine = connect();
                RawHttp longHeader = connect();
                RawHttp smuggled = connect()) {
            assertThat(nonsense.send("hello there\n\n").read().status()).isEqualTo(400);
            assertThat(longLine.send("GET /" + "x".repeat(9_000) + " HTTP/1.1\n\n")
                            .read()
                            .status())
                    .isEqualTo(414);
            assertThat(longHeader
                            .send("GET / HTTP/1.1\nx: " + "x".repeat(9_000) + "\n\n")
                            .read()
                            .status())
                    .isEqualTo(431);
            assertThat(smuggled.send("POST /echo HTTP/1.1\nhost: x\ncontent-length: 3\ncontent-length: 4\n\nabcd")
                            .read()
                            .status())
                    .isEqualTo(400);
            loop.advance(Duration.ofSeconds(3));
            assertThat(nonsense.ended()).isTrue();
            assertThat(longHeader.ended()).isTrue();
        }
    }

    @Test
    void answersAfterABug() throws Exception {
        try (RawHttp client = connect()) {
            assertThat(client.send("GET /bug HTTP/1.1\nhost: x\n\n").read().status())
                    .isEqualTo(500);
            assertThat(client.send("GET /hello HTTP/1.1\nhost: x\n\n").read().status())
                    .isEqualTo(200);
        }
    }

    @Test
    void waitsForAnswersWhenItStops() throws Exception {
        try (RawHttp idle = connect();
                RawHttp busy = connect()) {
            idle.send("GET /hello HTTP/1.1\nhost: x\n\n").read();
            busy.send("GET /later HTTP/1.1\nhost: x\n\n");
            while (loop.get(calls::isEmpty)) {
                Thread.onSpinWait();
            }
            var stopped = loop.get(() -> listener.stop());
            assertThat(idle.ended()).isTrue();
            assertThat(stopped.isComplete()).isFalse();
            loop.get(() -> {
                calls.getFirst().text(200, "done");
                return true;
            });
            Answer answer = busy.read();
            assertThat(answer.text()).isEqualTo("done\n");
            assertThat(answer.header("connection")).isEqualTo("close");
            assertThat(busy.ended()).isTrue();
            loop.call(() -> stopped);
            assertThat(loop.surroundings().manualClock().pending()).isZero();
        }
    }
}
