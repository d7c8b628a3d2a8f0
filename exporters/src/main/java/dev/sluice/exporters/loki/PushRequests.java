package dev.sluice.exporters.loki;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.WireAppender;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The requests of a batch ({@code PushRequest} of Loki 3.7, {@code pkg/push/push.proto}): each of one tenant and of bounded size. Its
 * streams stand in the order of their first entries, the entries of each in the order of their coming. For one loop, one batch after the
 * other.
 */
final class PushRequests {
    private static final int STREAMS = 1;
    private static final int LABELS = 1;
    private static final int ENTRIES = 2;
    /** Tags and lengths of an entry or a stream, at most. */
    private static final int FRAME = 12;

    private static final int USUAL_STREAM = 4_096;
    /** Buffers that are kept for the next request, and how full they may have been. */
    private static final int KEPT = 16;

    private static final int LARGEST_KEPT = 256 * 1024;

    private final int maxBytes;
    private final Function<Bytes, Future<Bytes>> encoding;
    private final Deque<WireAppender> idle = new ArrayDeque<>();
    private final Map<String, Open> open = new LinkedHashMap<>();
    private List<PushRequest> finished = new ArrayList<>();
    private Open last = new Open("");

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
        if (last.items == 0 || !last.tenant.equals(tenant)) {
            last = open.computeIfAbsent(tenant, Open::new);
        }
        if (!last.takes(labels, entry)) {
            finish(last);
            last = new Open(tenant);
            open.put(tenant, last);
        }
        last.add(labels, entry);
    }

    /** All requests since the last call: those of a tenant in their order. */
    List<PushRequest> finish() {
        open.values().forEach(this::finish);
        open.clear();
        last = new Open("");
        List<PushRequest> all = finished;
        finished = new ArrayList<>();
        return all;
    }

    private void finish(Open request) {
        finished.add(new PushRequest(request.tenant, encoding.apply(request.toBytes()), request.items));
    }

    /** A request that may still grow. */
    private final class Open {
        private final String tenant;
        private final Map<String, WireAppender> streams = new LinkedHashMap<>();
        private String labels = "";
        private WireAppender stream = new WireAppender(0);
        private long bytes;
        private int items;

        Open(String tenant) {
            this.tenant = tenant;
        }

        boolean takes(String of, WireAppender entry) {
            return maxBytes == 0 || items == 0 || bytes + FRAME + entry.length() + head(of) <= maxBytes;
        }

        void add(String of, WireAppender entry) {
            if (!of.equals(labels)) {
                bytes += head(of);
                labels = of;
                stream = streams.computeIfAbsent(
                        of, text -> idle.isEmpty() ? new WireAppender(USUAL_STREAM) : idle.pop());
            }
            bytes += FRAME + entry.length();
            items++;
            int mark = stream.begin(ENTRIES, entry.length());
            entry.copyTo(stream);
            stream.end(mark);
        }

        /** At most, of a stream that would be new. */
        private long head(String of) {
            return of.equals(labels) || streams.containsKey(of) ? 0 : FRAME + 3L * of.length();
        }

        /** The whole request, which takes nothing any more. */
        Bytes toBytes() {
            WireAppender out = new WireAppender((int) Math.min(bytes, Integer.MAX_VALUE - 8));
            streams.forEach((text, entries) -> {
                int mark = out.begin(STREAMS, entries.length());
                out.string(LABELS, text);
                entries.copyTo(out);
                out.end(mark);
                if (idle.size() < KEPT && entries.length() <= LARGEST_KEPT) {
                    entries.truncate(0);
                    idle.push(entries);
                }
            });
            return out.toBytes();
        }
    }
}
