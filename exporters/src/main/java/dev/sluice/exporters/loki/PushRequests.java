package dev.sluice.exporters.loki;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.WireAppender;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The requests of one batch ({@code PushRequest} of Loki 3.7, {@code pkg/push/push.proto}): each of one tenant and of bounded size. Its
 * streams stand in the order of their first entries, the entries of each in the order of their coming.
 */
final class PushRequests {
    private static final int STREAMS = 1;
    private static final int LABELS = 1;
    private static final int ENTRIES = 2;
    /** Tags and lengths of an entry or a stream, at most. */
    private static final int FRAME = 12;

    private static final int USUAL_STREAM = 4_096;

    private final int maxBytes;
    private final Function<Bytes, Future<Bytes>> encoding;
    private final List<PushRequest> finished = new ArrayList<>();
    private final Map<String, Open> open = new LinkedHashMap<>();

    /**
     * @param maxBytes of a request before it is encoded; 0 for no bound. An entry that is larger by itself makes a request of its own
     * @param encoding makes the body of a request
     */
    PushRequests(int maxBytes, Function<Bytes, Future<Bytes>> encoding) {
        this.maxBytes = maxBytes;
        this.encoding = encoding;
    }

    /** @param entry the fields of an {@code EntryAdapter}, which are copied */
    void add(String tenant, String labels, WireAppender entry) {
        Open request = open.computeIfAbsent(tenant, name -> new Open());
        if (maxBytes > 0 && request.items > 0 && request.bytes + request.more(labels, entry) > maxBytes) {
            finish(tenant, request);
            request = new Open();
            open.put(tenant, request);
        }
        request.add(labels, entry);
    }

    /** All requests: those of a tenant in their order. */
    List<PushRequest> finish() {
        open.forEach(this::finish);
        open.clear();
        return finished;
    }

    private void finish(String tenant, Open request) {
        finished.add(new PushRequest(tenant, encoding.apply(request.toBytes()), request.items));
    }

    /** A request that may still grow. */
    private static final class Open {
        private final Map<String, WireAppender> streams = new LinkedHashMap<>();
        private long bytes;
        private int items;

        long more(String labels, WireAppender entry) {
            return FRAME + entry.length() + (streams.containsKey(labels) ? 0 : FRAME + 3L * labels.length());
        }

        void add(String labels, WireAppender entry) {
            bytes += more(labels, entry);
            items++;
            WireAppender stream = streams.computeIfAbsent(labels, text -> new WireAppender(USUAL_STREAM));
            int mark = stream.begin(ENTRIES, entry.length());
            entry.copyTo(stream);
            stream.end(mark);
        }

        Bytes toBytes() {
            WireAppender out = new WireAppender((int) Math.min(bytes, Integer.MAX_VALUE - 8));
            streams.forEach((labels, entries) -> {
                int mark = out.begin(STREAMS, entries.length());
                out.string(LABELS, labels);
                entries.copyTo(out);
                out.end(mark);
            });
            return out.toBytes();
        }
    }
}
