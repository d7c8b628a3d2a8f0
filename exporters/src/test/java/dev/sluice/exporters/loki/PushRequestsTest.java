package dev.sluice.exporters.loki;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.WireAppender;
import dev.sluice.otlp.WireReader;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bodies lie in buffers that are used again: not before their encoding is done, and then they are. */
class PushRequestsTest {
    private final List<Bytes> given = new ArrayList<>();
    private final List<Promise<Bytes>> underWay = new ArrayList<>();
    private final PushRequests requests = new PushRequests(0, this::encode);

    private Future<Bytes> encode(Bytes body) {
        given.add(body);
        Promise<Bytes> promise = Promise.promise();
        underWay.add(promise);
        return promise.future();
    }

    @Test
    void bodiesKeepTheirBytesWhileTheyAreEncoded() {
        push("{app=\"a\"}", "first");
        push("{app=\"a\"}", "second");

        assertThat(streams(given.getFirst())).containsExactly("{app=\"a\"} first");
        assertThat(streams(given.getLast())).containsExactly("{app=\"a\"} second");
    }

    @Test
    void buffersAreUsedAgainOnceTheirBodyIsEncoded() {
        push("{app=\"a\"}", "first");
        underWay.getFirst().complete(Bytes.EMPTY);
        push("{app=\"b\"}", "second");

        assertThat(streams(given.getLast())).containsExactly("{app=\"b\"} second");
        assertThat(content(given.getLast())).isSameAs(content(given.getFirst()));
    }

    @Test
    void buffersOfFailedEncodingsAreUsedAgain() {
        push("{app=\"a\"}", "first");
        underWay.getFirst().fail("disk full");
        push("{app=\"a\"}", "second");

        assertThat(content(given.getLast())).isSameAs(content(given.getFirst()));
    }

    @Test
    void whatIsKeptForLaterIsBounded() {
        for (int i = 0; i < 3; i++) {
            push("{app=\"a\"}", "x".repeat(1_500_000));
        }
        underWay.forEach(promise -> promise.complete(Bytes.EMPTY));
        for (int i = 0; i < 3; i++) {
            push("{app=\"a\"}", "short");
        }

        // Each has grown to 1.5 MB and some more: two of the three fit into 4 MiB.
        assertThat(given.subList(3, 6).stream()
                        .map(PushRequestsTest::content)
                        .filter(buffer -> buffer.length > 1_500_000))
                .hasSize(2);
    }

    private void push(String labels, String entry) {
        WireAppender written = new WireAppender(16);
        written.string(2, entry);
        requests.add("", labels, written);
        requests.finish();
    }

    /** The buffer of the only stream. */
    private static byte[] content(Bytes body) {
        return body.sliceArray(body.sliceCount() - 1);
    }

    /** Labels and lines. */
    private static List<String> streams(Bytes body) {
        byte[] array = body.toByteArray();
        WireReader request = new WireReader(array, 0, array.length);
        WireReader stream = new WireReader();
        WireReader entry = new WireReader();
        List<String> all = new ArrayList<>();
        while (request.next()) {
            stream.enter(request);
            stream.next();
            String labels = stream.string();
            while (stream.next()) {
                entry.enter(stream);
                entry.next();
                all.add(labels + " "
                        + new String(entry.array(), entry.start(), entry.length(), StandardCharsets.UTF_8));
            }
        }
        return all;
    }
}
