package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.otlp.Signal;
import dev.sluice.testkit.Requests;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as users run it: a process, real sockets, signals. */
class ProgramTest {
    private static final Pattern NUMBER = Pattern.compile("\"intValue\":\"(\\d+)\"");
    private static final int REQUESTS = 200;

    @TempDir
    private Path folder;

    @Test
    void whatWasAcceptedIsDeliveredAlthoughTheEndComesAtOnce() throws Exception {
        int port = Loopback.freePort();
        Path file = folder.resolve("logs.json");
        Path config = Files.writeString(folder.resolve("config.yaml"), config(port, file, "10s"));
        try (Child child = Child.sluice(Map.of(), "--config", config.toString());
                HttpClient client = HttpClient.newHttpClient()) {
            child.await("Everything is ready.");
            List<CompletableFuture<Integer>> answers = new ArrayList<>();
            for (int i = 1; i <= REQUESTS; i++) {
                answers.add(send(client, port, i));
            }
            assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(200));
            // The batch would wait ten seconds for more: it must not be lost, and not be waited for.
            child.signal("TERM");
            assertThat(child.exit()).isZero();
        }
        assertThat(numbers(file)).hasSize(REQUESTS).doesNotHaveDuplicates();
    }

    @Test
    void aReloadWhileDataComesInLosesNothingThatWasAccepted() throws Exception {
        int port = Loopback.freePort();
        Path file = folder.resolve("logs.json");
        Path config = Files.writeString(folder.resolve("config.yaml"), config(port, file, "50ms"));
        List<Long> accepted = new ArrayList<>();
        try (Child child = Child.sluice(Map.of(), "--config", config.toString());
                HttpClient client = HttpClient.newHttpClient()) {
            child.await("Everything is ready.");
            Files.writeString(config, config(port, file, "60ms"));
            for (int i = 1; i <= REQUESTS; i++) {
                if (i == REQUESTS / 2) {
                    child.signal("HUP");
                }
                int code = send(client, port, i).exceptionally(refused -> 0).join();
                if (code == 200) {
                    accepted.add((long) i);
                }
            }
            child.await("Everything is ready.");
            assertThat(send(client, port, REQUESTS + 1).join()).isEqualTo(200);
            accepted.add(REQUESTS + 1L);
            child.signal("TERM");
            assertThat(child.exit()).isZero();
        }
        assertThat(numbers(file)).containsAll(accepted).doesNotHaveDuplicates();
    }

    @Test
    void aPortThatIsTakenEndsTheStartWithItsName() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path config = Files.writeString(
                    folder.resolve("config.yaml"), config(taken.getLocalPort(), folder.resolve("logs.json"), "1s"));
            try (Child child = Child.sluice(Map.of(), "--config", config.toString())) {
                assertThat(child.exit()).isEqualTo(1);
                assertThat(child.output())
                        .contains("Error: failed to start \"otlp\" receiver: listen tcp 127.0.0.1:"
                                + taken.getLocalPort() + ": bind: address already in use\n");
            }
        }
    }

    private static CompletableFuture<Integer> send(HttpClient client, int port, long number) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/logs"))
                .header("Content-Type", "application/x-protobuf")
                .version(HttpClient.Version.HTTP_1_1)
                .POST(HttpRequest.BodyPublishers.ofByteArray(
                        Requests.numbered(Signal.LOGS, number).wire().toByteArray()))
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.discarding()).thenApply(HttpResponse::statusCode);
    }

    private static List<Long> numbers(Path file) throws Exception {
        List<Long> numbers = new ArrayList<>();
        Matcher matcher = NUMBER.matcher(Files.readString(file));
        while (matcher.find()) {
            numbers.add(Long.parseLong(matcher.group(1)));
        }
        return numbers;
    }

    private static String config(int port, Path file, String timeout) {
        return """
            receivers:
              otlp: {protocols: {http: {endpoint: "127.0.0.1:%d"}}}
            processors:
              memory_limiter: {check_interval: 1s, limit_percentage: 75}
              batch: {timeout: %s, send_batch_size: 100000}
            exporters:
              file: {path: "%s"}
            service:
              pipelines:
                logs: {receivers: [otlp], processors: [memory_limiter, batch], exporters: [file]}
              telemetry: {metrics: {level: none}}
            """.formatted(port, timeout, file);
    }
}
