package dev.sluice.transport.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.otlp.Bytes;
import dev.sluice.testkit.Loop;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class Http2Test {
    private final Loop loop = new Loop("otlp");
    /** All that a client does it does on one loop: for another thread a body might have passed before it is asked for. */
    private final Loop clientLoop = loop.another();

    private final List<HttpCall> calls = new ArrayList<>();
    private final List<HttpClientAgent> agents = new ArrayList<>();
    private final HttpListener listener =
            new HttpListener(HttpServerConfig.at("127.0.0.1:0"), loop.surroundings(), this::handle);

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
            case "/echo" -> call.receive(new Echo(call));
            case "/later" -> calls.add(call);
            case "/large" -> {
                call.begin(200, "text/plain");
                large(call, 0);
            }
            default -> call.header("X-Query", call.query()).text(200, call.method() + " " + call.path());
        }
    }

    /** 4 MiB, at the client's pace. */
    private static void large(HttpCall call, int piece) {
        if (piece == 64) {
            call.end();
        } else if (call.write(Bytes.of(new byte[64 * 1024]))) {
            large(call, piece + 1);
        } else {
            call.onDrain(() -> large(call, piece + 1));
        }
    }

    private HttpClientConnection connect(boolean upgrade) throws Exception {
        HttpClientOptions options =
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(upgrade);
        HttpConnectOptions to = new HttpConnectOptions().setHost("127.0.0.1").setPort(listener.port());
        HttpClientAgent agent = loop.vertx().createHttpClient(options);
        // Vert.x closes clients that nobody refers to any more.
        agents.add(agent);
        return clientLoop.call(() -> agent.connect(to));
    }

    private Future<Buffer> call(HttpClientConnection client, HttpMethod method, String uri, Buffer body) {
        return clientLoop.start(
                () -> client.request(new RequestOptions().setMethod(method).setURI(uri))
                        .compose(request -> request.send(body))
                        .compose(HttpClientResponse::body));
    }

    @Test
    void answersManyRequestsOnOneConnection() throws Exception {
        HttpClientConnection client = connect(false);
        List<Future<Buffer>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            answers.add(call(client, HttpMethod.POST, "/echo", Buffer.buffer("body " + i)));
        }
        for (int i = 0; i < 50; i++) {
            assertThat(Loop.await(answers.get(i))).hasToString("body " + i);
        }
        assertThat(Loop.await(call(client, HttpMethod.GET, "/x?y", Buffer.buffer())))
                .hasToString("GET /x\n");
    }

    @Test
    void becomesHttp2WhereAClientAsksForItInHttp1() throws Exception {
        HttpClientConnection client = connect(true);
        assertThat(Loop.await(call(client, HttpMethod.GET, "/first", Buffer.buffer())))
                .hasToString("GET /first\n");
        assertThat(client.protocolVersion()).isEqualTo(HttpVersion.HTTP_2);
        assertThat(Loop.await(call(client, HttpMethod.POST, "/echo", Buffer.buffer("second"))))
                .hasToString("second");
    }

    @Test
    void takesLargeBodiesThroughTheWindows() throws Exception {
        HttpClientConnection client = connect(false);
        Buffer body = Buffer.buffer(new byte[15 << 20]);
        assertThat(Loop.await(call(client, HttpMethod.POST, "/echo", body)).length())
                .isEqualTo(15 << 20);
        assertThat(Loop.await(call(client, HttpMethod.GET, "/large", Buffer.buffer()))
                        .length())
                .isEqualTo(4 << 20);
    }

    @Test
    void refusesALargeBodyBeforeItComesAndGoesOn() throws Exception {
        HttpClientConnection client = connect(false);
        HttpClientRequest request = Loop.await(
                client.request(new RequestOptions().setMethod(HttpMethod.POST).setURI("/echo")));
        request.putHeader("content-length", "20971521");
        request.write("x");
        HttpClientResponse response = Loop.await(request.response());
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(Loop.await(call(client, HttpMethod.POST, "/echo", Buffer.buffer("next"))))
                .hasToString("next");
    }

    @Test
    void waitsForAnswersWhenItStops() throws Exception {
        HttpClientConnection client = connect(false);
        Future<Buffer> answer = call(client, HttpMethod.GET, "/later", Buffer.buffer());
        while (loop.get(calls::isEmpty)) {
            Thread.onSpinWait();
        }
        Future<?> stopped = loop.get(listener::stop);
        loop.advance(Duration.ofSeconds(2));
        assertThat(stopped.isComplete()).isFalse();
        loop.get(() -> {
            calls.getFirst().answer(200, "text/plain", Bytes.of("done".getBytes(StandardCharsets.US_ASCII)));
            return true;
        });
        assertThat(Loop.await(answer)).hasToString("done");
        Loop.await(stopped);
        assertThat(loop.surroundings().manualClock().pending()).isZero();
    }
}
