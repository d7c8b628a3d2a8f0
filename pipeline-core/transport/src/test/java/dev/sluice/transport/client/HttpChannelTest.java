package dev.sluice.transport.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.ComponentId;
import dev.sluice.api.config.Secret;
import dev.sluice.otlp.Bytes;
import dev.sluice.testkit.Configs;
import dev.sluice.testkit.Loop;
import dev.sluice.transport.compression.Compression;
import dev.sluice.transport.compression.Decompressor;
import dev.sluice.transport.tls.ClientTlsConfig;
import dev.sluice.transport.tls.TestCertificates;
import dev.sluice.transport.tls.TlsConfig;
import dev.sluice.transport.tls.TpmConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpChannelTest {
    private static final Bytes BODY = Bytes.of("body".getBytes(UTF_8));

    private record Got(HttpServerRequest request, Buffer body) {}

    private final Loop loop = new Loop("otlp");
    private final List<Got> got = new CopyOnWriteArrayList<>();
    private final List<HttpConnection> connections = new CopyOnWriteArrayList<>();
    private final List<HttpChannel> channels = new ArrayList<>();
    private volatile BiConsumer<HttpServerRequest, Buffer> answer =
            (request, body) -> request.response().end();
    private final HttpServer server = listen(new HttpServerOptions());
    private HttpChannel channel = channel();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        for (HttpChannel open : channels) {
            loop.call(open::stop);
        }
        loop.close();
        assertThat(loop.surroundings().manualClock().pending()).isZero();
    }

    @Test
    void aBodyIsPostedAsItIs() {
        HttpReply.Answer reply = answered(post("/v1/traces?x=1", Map.of("content-type", "application/x-protobuf")));
        assertThat(reply).isEqualTo(new HttpReply.Answer(200, "", null, Map.of(), Bytes.EMPTY, false));
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
        answered(loop.call(() -> channel.post(target, Map.of(), BODY)));
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
        assertThat(loop.call(() -> channel.post(target, Map.of(), BODY))).isInstanceOf(HttpReply.NoAnswer.class);
    }

    @Test
    void aServerThatIsNotThereIsNoAnswer() {
        // Port 1 is nobody's; one that was just let go of may be another test's by now.
        HttpTarget nobody = HttpTarget.parse("http://127.0.0.1:1/");
        assertThat(loop.call(() -> channel.post(nobody, Map.of(), BODY)))
                .isInstanceOfSatisfying(
                        HttpReply.NoAnswer.class,
                        reply -> assertThat(reply.message()).contains("Connection refused"));
    }

    @Test
    void proxiesOfHttpAreAskedForTheWholeUrl() {
        channel = channel("proxy_url", "http://me:secret@127.0.0.1:" + server.actualPort());
        HttpTarget far = HttpTarget.parse("http://collector.invalid:4318/v1/logs");
        answered(loop.call(() -> channel.post(far, Map.of(), BODY)));
        HttpServerRequest request = got.getFirst().request();
        assertThat(request.uri()).isEqualTo("http://collector.invalid:4318/v1/logs");
        assertThat(request.getHeader("host")).isEqualTo("collector.invalid:4318");
        assertThat(request.getHeader("proxy-authorization")).isEqualTo("Basic bWU6c2VjcmV0");
    }

    @Test
    void encryptedRequestsGoThroughAProxyByAConnection() {
        TestCertificates certificates = TestCertificates.in(folder).issue("server", "EC");
        HttpServer secure = listen(secure(certificates));
        List<String> asked = new CopyOnWriteArrayList<>();
        NetServer proxy = loop.vertx().createNetServer().connectHandler(socket -> {
            socket.pause();
            socket.resume();
            socket.handler(head -> {
                asked.add(head.toString().lines().findFirst().orElse(""));
                socket.pause();
                loop.vertx()
                        .createNetClient()
                        .connect(secure.actualPort(), "127.0.0.1")
                        .onSuccess(there -> tunnel(socket, there));
            });
        });
        Loop.await(proxy.listen(0, "127.0.0.1"));
        channel = channel(
                "tls", tls(certificates.ca().toString(), ""), "proxy_url", "http://127.0.0.1:" + proxy.actualPort());
        HttpTarget target = HttpTarget.parse("https://localhost:" + secure.actualPort() + "/v1/logs");
        assertThat(answered(loop.call(() -> channel.post(target, Map.of(), BODY)))
                        .status())
                .isEqualTo(200);
        assertThat(asked).containsExactly("CONNECT localhost:" + secure.actualPort() + " HTTP/1.1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void encryptedConnectionsSpeakHttp2UnlessTurnedOff(boolean http1) {
        TestCertificates certificates = TestCertificates.in(folder).issue("server", "EC");
        HttpServer secure = listen(secure(certificates));
        channel = channel("tls", tls(certificates.ca().toString(), ""), "force_attempt_http2", !http1);
        HttpTarget target = HttpTarget.parse("https://localhost:" + secure.actualPort());
        List<Future<HttpReply>> posts = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            posts.add(loop.start(() -> channel.post(target, Map.of(), BODY)));
        }
        posts.forEach(post -> assertThat(answered(Loop.await(post)).status()).isEqualTo(200));
        assertThat(got.getFirst().request().version()).isEqualTo(http1 ? HttpVersion.HTTP_1_1 : HttpVersion.HTTP_2);
        assertThat(got.getFirst().request().authority()).hasToString("localhost:" + secure.actualPort());
        if (!http1) {
            assertThat(connections).hasSize(1);
        }
    }

    @Test
    void largeBodiesArriveOverHttp2() {
        TestCertificates certificates = TestCertificates.in(folder).issue("server", "EC");
        HttpServer secure = listen(secure(certificates));
        channel = channel("tls", tls(certificates.ca().toString(), ""));
        byte[] large = new byte[4 << 20];
        new Random(4).nextBytes(large);
        HttpTarget target = HttpTarget.parse("https://localhost:" + secure.actualPort());
        answered(loop.call(() -> channel.post(target, Map.of(), Bytes.of(large))));
        assertThat(Arrays.mismatch(got.getFirst().body().getBytes(), large)).isEqualTo(-1);
    }

    @Test
    void certificatesAreCheckedAgainstTheNameToExpect() {
        TestCertificates certificates = TestCertificates.in(folder).issue("server", "EC");
        // The certificate is for localhost and 127.0.0.1.
        HttpServer secure = listen(secure(certificates), "127.0.0.2");
        HttpTarget target = HttpTarget.parse("https://127.0.0.2:" + secure.actualPort());
        String ca = certificates.ca().toString();
        channel = channel("tls", tls(ca, ""));
        assertThat(loop.call(() -> channel.post(target, Map.of(), BODY))).isInstanceOf(HttpReply.NoAnswer.class);
        channel = channel("tls", tls(ca, "localhost"));
        answered(loop.call(() -> channel.post(target, Map.of(), BODY)));
        channel = channel();
        assertThat(loop.call(() -> channel.post(target, Map.of(), BODY))).isInstanceOf(HttpReply.NoAnswer.class);
    }

    @Test
    void silentHttp2ConnectionsArePingedAndClosedWithoutAnswer() {
        TestCertificates certificates = TestCertificates.in(folder).issue("server", "EC");
        HttpServer secure = listen(secure(certificates));
        channel = channel(
                "tls",
                tls(certificates.ca().toString(), ""),
                "http2_read_idle_timeout",
                Duration.ofSeconds(7),
                "http2_ping_timeout",
                Duration.ofSeconds(2));
        HttpTarget target = HttpTarget.parse("https://localhost:" + secure.actualPort());
        answered(loop.call(() -> channel.post(target, Map.of(), BODY)));
        Promise<Void> pinged = Promise.promise();
        connections.getFirst().pingHandler(data -> pinged.tryComplete());
        loop.advance(Duration.ofSeconds(7));
        Loop.await(pinged.future());
        answered(loop.call(() -> channel.post(target, Map.of(), BODY)));
        assertThat(connections).hasSize(1);
    }

    @Test
    void startingFailsWithoutGoodCertificates() {
        HttpClientConfig config = Configs.with(
                HttpClientConfig.DEFAULT, "tls", tls(folder.resolve("none").toString(), ""));
        HttpChannel bad = loop.get(() -> new HttpChannel(config, loop.surroundings()));
        assertThatThrownBy(() -> loop.call(bad::start)).hasMessageContaining("no such file or directory");
        loop.call(bad::stop);
    }

    @Test
    void certificatesAreReadAgainAfterTheInterval() {
        TestCertificates certificates = TestCertificates.in(folder).issue("server", "EC");
        HttpServer secure = listen(secure(certificates));
        Path ca = certificates.ca();
        channel = channel("tls", tls(ca.toString(), ""));
        HttpTarget target = HttpTarget.parse("https://localhost:" + secure.actualPort());
        assertThat(ca.toFile().delete()).isTrue();
        // Nothing good is there: the old ones stay.
        loop.advance(Duration.ofMinutes(1));
        assertThat(answered(loop.call(() -> channel.post(target, Map.of(), BODY)))
                        .status())
                .isEqualTo(200);
    }

    private static void tunnel(NetSocket here, NetSocket there) {
        here.handler(there::write);
        there.handler(here::write);
        here.closeHandler(end -> there.close());
        here.write("HTTP/1.1 200 Connection established\r\n\r\n");
        here.resume();
    }

    private static HttpServerOptions secure(TestCertificates certificates) {
        return new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertPath(certificates.cert("server").toString())
                        .addKeyPath(certificates.key("server").toString()));
    }

    /** Read again every minute. */
    private static ClientTlsConfig tls(String ca, String name) {
        TlsConfig common = new TlsConfig(
                ca,
                null,
                false,
                "",
                null,
                "",
                null,
                "",
                "",
                List.of(),
                List.of(),
                Duration.ofMinutes(1),
                TpmConfig.DEFAULT);
        return new ClientTlsConfig(common, false, false, name);
    }

    private HttpServer listen(HttpServerOptions options) {
        return listen(options, "127.0.0.1");
    }

    private HttpServer listen(HttpServerOptions options, String host) {
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
    private HttpChannel channel(Object... options) {
        HttpClientConfig config = Configs.with(HttpClientConfig.DEFAULT.within(Duration.ofSeconds(5)), options);
        HttpChannel made = loop.get(() -> new HttpChannel(config, loop.surroundings()));
        channels.add(made);
        loop.call(made::start);
        return made;
    }

    private HttpReply post(String path, Map<String, String> headers) {
        return post(path, headers, BODY);
    }

    private HttpReply post(String path, Map<String, String> headers, Bytes body) {
        return Loop.await(start(path, headers, body));
    }

    private Future<HttpReply> start(String path, Map<String, String> headers, Bytes body) {
        HttpTarget target = HttpTarget.parse("http://127.0.0.1:" + server.actualPort() + path);
        return loop.start(() -> channel.post(target, headers, body));
    }

    private static HttpReply.Answer answered(HttpReply reply) {
        assertThat(reply).isInstanceOf(HttpReply.Answer.class);
        return (HttpReply.Answer) reply;
    }
}
