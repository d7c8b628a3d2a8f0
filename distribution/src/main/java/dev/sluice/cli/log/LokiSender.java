package dev.sluice.cli.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.github.loki4j.client.http.HttpConfig;
import com.github.loki4j.client.http.Loki4jHttpClient;
import com.github.loki4j.client.http.LokiResponse;
import dev.sluice.api.config.Secret;
import dev.sluice.engine.telemetry.LokiLogsConfig;
import dev.sluice.gotext.GoFileError;
import dev.sluice.gotext.GoNetError;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries Loki4j's batches to Loki: one at a time, again and again while there is hope, so that lines keep their order. It blocks the thread
 * of Loki4j that sends, which has nothing else to do; {@link #hurry} may come from another.
 */
final class LokiSender implements Loki4jHttpClient {
    private static final Duration FIRST_WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration GIVE_UP = Duration.ofMinutes(5);
    private static final String JSON_TYPE = "application/json";
    private static final Answer NO_TIME = Answer.none("there is no time left");
    private static final JsonFactory JSON = new JsonFactory();
    /** Where entries stand: within an array of streams, an array of values. */
    private static final int DEPTH_OF_ENTRIES = 3;

    private final HttpConfig settings;
    private final HttpClientAgent client;
    private final RequestOptions request;
    private final Duration timeout;
    private final LongConsumer lost;
    private final CountDownLatch hurried = new CountDownLatch(1);
    private volatile CompletableFuture<Answer> underWay = new CompletableFuture<>();
    private volatile boolean over;

    /**
     * Throws {@link UncheckedIOException} for a certificate that cannot be read.
     *
     * @param lost told of lines that are given up, on Loki4j's thread
     */
    LokiSender(LokiLogsConfig config, Vertx vertx, LongConsumer lost) {
        this.settings = HttpConfig.builder().setPushUrl(config.endpoint()).build(JSON_TYPE);
        this.timeout = Duration.ofMillis(config.timeout());
        this.lost = lost;
        this.client = vertx.httpClientBuilder()
                .with(new HttpClientOptions().setConnectTimeout(config.timeout()))
                .with(new PoolOptions().setHttp1MaxSize(1))
                .build();
        this.request = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(config.endpoint())
                .putHeader("content-type", JSON_TYPE);
        if (config.endpoint().startsWith("https:")) {
            request.setSslOptions(tls(config));
        }
        if (!config.tenant().isEmpty()) {
            request.putHeader("X-Scope-OrgID", config.tenant());
        }
        for (Map.Entry<String, Secret> header : config.headers().entrySet()) {
            request.putHeader(header.getKey(), header.getValue().reveal());
        }
    }

    /** From now on each batch has one more attempt, and none when the time is over. */
    void hurry(Duration time) {
        hurried.countDown();
        CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    over = true;
                    underWay.complete(NO_TIME);
                });
    }

    @Override
    public LokiResponse send(ByteBuffer batch) throws IOException, InterruptedException {
        byte[] body = new byte[batch.remaining()];
        batch.get(body);
        long begun = System.nanoTime();
        Duration wait = FIRST_WAIT;
        while (true) {
            boolean last = hurried.getCount() == 0 || System.nanoTime() - begun > GIVE_UP.toNanos();
            Answer answer = attempt(body);
            if (answer.success()) {
                return answer.response();
            }
            if (last || !answer.mayBeRetried()) {
                lost.accept(lines(body));
                return answer.response();
            }
            Duration asked = answer.retryAfter().compareTo(wait) > 0 ? answer.retryAfter() : wait;
            boolean soon = hurried.await(asked.toMillis(), TimeUnit.MILLISECONDS);
            wait = soon ? FIRST_WAIT : wait.compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : wait;
        }
    }

    private Answer attempt(byte[] body) throws InterruptedException {
        // Of a request's two times one is until there is a connection, the other until something comes.
        CompletableFuture<Answer> answer = client.request(new RequestOptions(request).setTimeout(timeout.toMillis()))
                .compose(opened -> opened.send(Buffer.buffer(body)))
                .compose(response -> response.body()
                        .map(text ->
                                new Answer(response.statusCode(), text.toString(), response.getHeader("retry-after"))))
                .otherwise(cause -> Answer.none(GoNetError.reason(cause)))
                .toCompletionStage()
                .toCompletableFuture();
        underWay = answer;
        if (over) {
            return NO_TIME;
        }
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("no answer is an answer too", e);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    /** Of Loki4j's settings its pipeline reads the URL, for messages. */
    @Override
    public HttpConfig getConfig() {
        return settings;
    }

    /** How many lines a batch of Loki4j's JSON has. */
    private static long lines(byte[] body) {
        try (JsonParser json = JSON.createParser(body)) {
            long lines = 0;
            int depth = 0;
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.START_ARRAY && ++depth == DEPTH_OF_ENTRIES) {
                    lines++;
                } else if (token == JsonToken.END_ARRAY) {
                    depth--;
                }
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException("Loki4j writes JSON", e);
        }
    }

    private static ClientSSLOptions tls(LokiLogsConfig config) {
        ClientSSLOptions tls = new ClientSSLOptions().setHostnameVerificationAlgorithm("HTTPS");
        if (!config.certificate().isEmpty()) {
            tls.setTrustOptions(new PemTrustOptions().addCertValue(read(config.certificate())));
        }
        if (!config.clientCertificate().isEmpty()) {
            tls.setKeyCertOptions(new PemKeyCertOptions()
                    .addCertValue(read(config.clientCertificate()))
                    .addKeyValue(read(config.clientKey())));
        }
        return tls;
    }

    private static Buffer read(String file) {
        try {
            return Buffer.buffer(Files.readAllBytes(Path.of(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "service::telemetry::logs::loki: open " + file + ": " + GoFileError.reason(e), e);
        }
    }

    /** @param status 0 for no answer, whose reason is the text */
    private record Answer(int status, String text, @Nullable String seconds) {
        static Answer none(String reason) {
            return new Answer(0, reason, null);
        }

        boolean success() {
            return status / 100 == 2;
        }

        boolean mayBeRetried() {
            return status == 0 || status == 429 || status >= 500;
        }

        Duration retryAfter() {
            return seconds != null && seconds.matches("\\d{1,6}")
                    ? Duration.ofSeconds(Long.parseLong(seconds))
                    : Duration.ZERO;
        }

        LokiResponse response() throws IOException {
            if (status == 0) {
                throw new IOException(text);
            }
            return new LokiResponse(status, text);
        }
    }
}
