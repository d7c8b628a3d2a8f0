package dev.sluice.transport.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.ComponentId;
import dev.sluice.api.config.Secret;
import dev.sluice.otlp.Bytes;
import dev.sluice.testkit.Loop;
import dev.sluice.transport.compression.Compression;
import dev.sluice.transport.compression.Decompressor;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.NetServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpChannelTest extends HttpPosts {
    @Test
    void aBodyIsPostedAsItIs() {
        HttpReply.Answer reply = answered(post("/v1/traces?x=1", Map.of("content-type", "application/x-protobuf")));
        assertThat(reply).isEqualTo(new HttpReply.Answer(200, "", null, "", Map.of(), Bytes.EMPTY, false));
        assertThat(reply.success()).isTrue();
        HttpServerRequest request = got.getFirst().request();
        assertThat(request.method().name()).isEqualTo("POST");
        assertThat(request.uri()).isEqualTo("/v1/traces?x=1");
        assertThat(request.version()).isEqualTo(HttpVersion.HTTP_1_1);
        assertThat(request.getHeader("content-type")).isEqualTo("application/x-protobuf");
        assertThat(request.getHeader("content-length")).isEqualTo("4");
        assertThat(request.getHeader("transfer-encoding")).isNull();
        assertThat(request.getHeader("content-encoding")).isNull();
        assertThat(request.getHeader("user-agent")).startsWith("Sluice/");
        assertThat(request.getHeader("host")).isEqualTo("127.0.0.1:" + server.actualPort());
        assertThat(got.getFirst().body()).isEqualTo(Buffer.buffer("body"));
    }

    @Test
    void headersOfTheConfigurationComeLastButForCredentials() {
        ClientAuthenticator signer = () -> Future.succeededFuture(Map.of("authorization", "Bearer t"));
        loop.surroundings().extension("signer", signer);
        channel = channel(
                "auth::authenticator",
                ComponentId.parse("signer"),
                "headers",
                Map.of(
                        "x-tenant",
                        new Secret("blue"),
                        "Host",
                        new Secret("virtual.example:81"),
                        "authorization",
                        new Secret("replaced")));
        post("/", Map.of("x-tenant", "red"));
        HttpServerRequest request = got.getFirst().request();
        assertThat(request.getHeader("x-tenant")).isEqualTo("blue");
        assertThat(request.getHeader("host")).isEqualTo("virtual.example:81");
        assertThat(request.getHeader("authorization")).isEqualTo("Bearer t");
    }

    @Test
    void withoutCredentialsNothingIsSent() {
        ClientAuthenticator signer = () -> Future.failedFuture("no token yet");
        loop.surroundings().extension("signer", signer);
        channel = channel("auth::authenticator", ComponentId.parse("signer"));
        assertThat(post("/", Map.of())).isEqualTo(new HttpReply.NoAnswer("no token yet"));
        assertThat(got).isEmpty();
    }

    @Test
    void theUserOfTheUrlIsSent() {
        HttpTarget target = HttpTarget.parse("http://me:secret@127.0.0.1:" + server.actualPort());
        answered(post(target));
        assertThat(got.getFirst().request().getHeader("authorization")).isEqualTo("Basic bWU6c2VjcmV0");
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void compressedBodiesSayHow(Compression how) {
        channel = channel("compression", how.key());
        byte[] body = new byte[300_000];
        new Random(1).nextBytes(body);
        Arrays.fill(body, 0, 200_000, (byte) 'x');
        answered(post("/", Map.of(), Bytes.of(body)));
        assertThat(got.getFirst().request().getHeader("content-encoding")).isEqualTo(how.key());
        Bytes sent = Bytes.of(got.getFirst().body().getBytes());
        assertThat(got.getFirst().request().getHeader("content-length")).isEqualTo(Integer.toString(sent.length()));
        Decompressor decompressor = new Decompressor(loop.surroundings());
        Bytes decoded =
                decompressor.decompress(how, sent, body.length, bytes -> true).result();
        assertThat(Arrays.mismatch(decoded.toByteArray(), body)).isEqualTo(-1);
        decompressor.close();
    }

    @Test
    void largeRopesArriveWholeAlsoWhenTheServerReadsSlowly() {
        byte[] large = new byte[12 << 20];
        new Random(2).nextBytes(large);
        List<Bytes> parts = new ArrayList<>();
        for (int at = 0; at < large.length; at += 90_001) {
            parts.add(Bytes.of(large, at, Math.min(90_001, large.length - at)));
        }
        HttpReply reply = post("/", Map.of(), Bytes.concat(parts));
        assertThat(answered(reply).status()).isEqualTo(200);
        assertThat(Arrays.mismatch(got.getFirst().body().getBytes(), large)).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 299, 301, 307, 400, 429, 500, 503})
    void everyStatusIsAnAnswerAndNoRedirectIsFollowed(int status) {
        answer = (request, body) -> request.response()
                .setStatusCode(status)
                .putHeader("location", "/elsewhere")
                .putHeader("retry-after", "3")
                .putHeader("content-type", "Application/JSON; charset=utf-8")
                .end("{}");
        HttpReply.Answer reply = answered(post("/", Map.of()));
        assertThat(reply)
                .isEqualTo(new HttpReply.Answer(
                        status,
                        "application/json",
                        Duration.ofSeconds(3),
                        "/elsewhere",
                        Map.of(),
                        Bytes.of("{}".getBytes(UTF_8)),
                        false));
        assertThat(reply.success()).isEqualTo(status < 300);
        assertThat(got).hasSize(1);
    }

    @Test
    void aLargeAnswerIsCutOffAndItsStatusCounts() {
        answer = (request, body) -> request.response().setStatusCode(503).end(Buffer.buffer(new byte[70_000]));
        HttpReply.Answer reply = answered(post("/", Map.of()));
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.truncated()).isTrue();
        assertThat(reply.body().isEmpty()).isTrue();
        answer = (request, body) -> request.response().end(Buffer.buffer(new byte[65_536]));
        assertThat(answered(post("/", Map.of())).body().length()).isEqualTo(65_536);
    }

    @Test
    void compressedAnswersAreRead() {
        answer = (request, body) -> request.response()
                .putHeader("content-encoding", "zstd")
                .end(Buffer.buffer(com.github.luben.zstd.Zstd.compress("hello".getBytes(UTF_8))));
        assertThat(answered(post("/", Map.of())).body()).isEqualTo(Bytes.of("hello".getBytes(UTF_8)));
    }

    @Test
    void connectionsAreReused() {
        for (int i = 0; i < 5; i++) {
            answered(post("/", Map.of()));
        }
        assertThat(connections).hasSize(1);
    }

    @Test
    void withoutKeepAliveEachRequestHasAConnection() {
        channel = channel("disable_keep_alives", true);
        for (int i = 0; i < 3; i++) {
            answered(post("/", Map.of()));
        }
        assertThat(connections).hasSize(3);
        assertThat(got.getFirst().request().getHeader("connection")).isEqualTo("close");
    }

    @Test
    void noMoreConnectionsAreOpenedThanAllowed() {
        channel = channel("max_conns_per_host", 2);
        List<Future<HttpReply>> posts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            posts.add(start("/", Map.of(), BODY));
        }
        posts.forEach(post -> answered(Loop.await(post)));
        assertThat(connections).hasSize(2);
    }

    @Test
    void cookiesAreSentBackUntilTheyAreTakenAway() {
        channel = channel("cookies::enabled", true);
        answer = (request, body) -> {
            String wanted = request.path().substring(1);
            if (!wanted.isEmpty()) {
                request.response().headers().add("set-cookie", wanted).add("set-cookie", "=nameless");
            }
            request.response().end();
        };
        answered(post("/b=2;Path=/", Map.of()));
        answered(post("/a=1", Map.of()));
        answered(post("/b=;Max-Age=0", Map.of()));
        answered(post("/", Map.of()));
        assertThat(got.stream().map(one -> one.request().getHeader("cookie")))
                .containsExactly(null, "b=2", "a=1; b=2", "a=1");
    }

    @Test
    void withoutCookiesNoneAreKept() {
        answer = (request, body) ->
                request.response().putHeader("set-cookie", "a=1").end();
        answered(post("/", Map.of()));
        answered(post("/", Map.of()));
        assertThat(got.getLast().request().getHeader("cookie")).isNull();
    }

    @Test
    void aDeadlineEndsTheRequest() {
        Promise<Void> closed = Promise.promise();
        Promise<Void> arrived = Promise.promise();
        answer = (request, body) -> {
            request.connection().closeHandler(end -> closed.complete());
            arrived.complete();
        };
        Future<HttpReply> post = start("/", Map.of(), BODY);
        Loop.await(arrived.future());
        loop.advance(Duration.ofSeconds(5));
        assertThat(Loop.await(post)).isEqualTo(new HttpReply.NoAnswer("context deadline exceeded: no answer in time"));
        Loop.await(closed.future());
    }

    @Test
    void aConnectionThatIsCutOffIsNoAnswer() {
        answer = (request, body) -> request.connection().close();
        assertThat(post("/", Map.of())).isInstanceOf(HttpReply.NoAnswer.class);
        NetServer cut = loop.vertx()
                .createNetServer()
                .connectHandler(socket -> socket.handler(
                        request -> socket.end(Buffer.buffer("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc"))));
        Loop.await(cut.listen(0, "127.0.0.1"));
        HttpTarget target = HttpTarget.parse("http://127.0.0.1:" + cut.actualPort());
        assertThat(post(target)).isInstanceOf(HttpReply.NoAnswer.class);
    }

    @Test
    void aServerThatIsNotThereIsNoAnswer() {
        // Port 1 is nobody's; one that was just let go of may be another test's by now.
        assertThat(noAnswer("http://127.0.0.1:1/")).isEqualTo("dial tcp 127.0.0.1:1: connect: connection refused");
        assertThat(noAnswer("http://[::1]:1/")).startsWith("dial tcp [");
        assertThat(noAnswer("http://nowhere.invalid/")).isEqualTo("dial tcp: lookup nowhere.invalid: no such host");
        assertThat(noAnswer("https://127.0.0.1:" + server.actualPort()))
                .isEqualTo("tls: first record does not look like a TLS handshake");
    }

    private String noAnswer(String url) {
        HttpTarget target = HttpTarget.parse(url);
        return ((HttpReply.NoAnswer) post(target)).message();
    }

    @Test
    void proxiesOfHttpAreAskedForTheWholeUrl() {
        channel = channel("proxy_url", "http://me:secret@127.0.0.1:" + server.actualPort());
        HttpTarget far = HttpTarget.parse("http://collector.invalid:4318/v1/logs");
        answered(post(far));
        HttpServerRequest request = got.getFirst().request();
        assertThat(request.uri()).isEqualTo("http://collector.invalid:4318/v1/logs");
        assertThat(request.getHeader("host")).isEqualTo("collector.invalid:4318");
        assertThat(request.getHeader("proxy-authorization")).isEqualTo("Basic bWU6c2VjcmV0");
    }
}
