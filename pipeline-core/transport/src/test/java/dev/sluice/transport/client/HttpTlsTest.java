package dev.sluice.transport.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.otlp.Bytes;
import dev.sluice.testkit.Configs;
import dev.sluice.testkit.Loop;
import dev.sluice.transport.tls.TestCertificates;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTlsTest extends HttpPosts {
    @TempDir
    private Path folder;

    @Test
    void encryptedRequestsGoThroughAProxyByAConnection() {
        TestCertificates certificates = TestCertificates.in(folder).issue("server", "EC");
        HttpServer secure = listen(TestTls.server(certificates));
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
                "tls", TestTls.client(certificates.ca()), "proxy_url", "http://127.0.0.1:" + proxy.actualPort());
        HttpTarget target = HttpTarget.parse("https://localhost:" + secure.actualPort() + "/v1/logs");
        assertThat(answered(post(target)).status()).isEqualTo(200);
        assertThat(asked).containsExactly("CONNECT localhost:" + secure.actualPort() + " HTTP/1.1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void encryptedConnectionsSpeakHttp2UnlessTurnedOff(boolean http1) {
        TestCertificates certificates = TestCertificates.in(folder).issue("server", "EC");
        HttpServer secure = listen(TestTls.server(certificates));
        channel = channel("tls", TestTls.client(certificates.ca()), "force_attempt_http2", !http1);
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
        HttpServer secure = listen(TestTls.server(certificates));
        channel = channel("tls", TestTls.client(certificates.ca()));
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
        HttpServer secure = listen(TestTls.server(certificates), "127.0.0.2");
        HttpTarget target = HttpTarget.parse("https://127.0.0.2:" + secure.actualPort());
        channel = channel("tls", TestTls.client(certificates.ca()));
        assertThat(post(target)).isInstanceOf(HttpReply.NoAnswer.class);
        channel = channel("tls", TestTls.client(certificates.ca(), "localhost"));
        answered(post(target));
        channel = channel();
        assertThat(post(target)).isInstanceOf(HttpReply.NoAnswer.class);
    }

    @Test
    void silentHttp2ConnectionsArePingedAndClosedWithoutAnswer() {
        TestCertificates certificates = TestCertificates.in(folder).issue("server", "EC");
        HttpServer secure = listen(TestTls.server(certificates));
        channel = channel(
                "tls",
                TestTls.client(certificates.ca()),
                "http2_read_idle_timeout",
                Duration.ofSeconds(7),
                "http2_ping_timeout",
                Duration.ofSeconds(2));
        HttpTarget target = HttpTarget.parse("https://localhost:" + secure.actualPort());
        answered(post(target));
        Promise<Void> pinged = Promise.promise();
        connections.getFirst().pingHandler(data -> pinged.tryComplete());
        loop.advance(Duration.ofSeconds(7));
        Loop.await(pinged.future());
        answered(post(target));
        assertThat(connections).hasSize(1);
    }

    @Test
    void startingFailsWithoutGoodCertificates() {
        HttpClientConfig config = Configs.with(HttpClientConfig.DEFAULT, "tls", TestTls.client(folder.resolve("none")));
        HttpChannel bad = loop.get(() -> new HttpChannel(config, loop.surroundings()));
        assertThatThrownBy(() -> loop.call(bad::start)).hasMessageContaining("no such file or directory");
        loop.call(bad::stop);
    }

    @Test
    void certificatesAreReadAgainAfterTheInterval() {
        TestCertificates certificates = TestCertificates.in(folder).issue("server", "EC");
        HttpServer secure = listen(TestTls.server(certificates));
        Path ca = certificates.ca();
        channel = channel("tls", TestTls.client(ca));
        HttpTarget target = HttpTarget.parse("https://localhost:" + secure.actualPort());
        assertThat(ca.toFile().delete()).isTrue();
        // Nothing good is there: the old ones stay.
        loop.advance(Duration.ofMinutes(1));
        assertThat(answered(post(target)).status()).isEqualTo(200);
    }

    private static void tunnel(NetSocket here, NetSocket there) {
        here.handler(there::write);
        there.handler(here::write);
        here.closeHandler(end -> there.close());
        here.write("HTTP/1.1 200 Connection established\r\n\r\n");
        here.resume();
    }
}
