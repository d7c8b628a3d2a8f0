package dev.sluice.exporters.loki;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Wire;
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

    /** The most bytes of buffers that are kept for later requests: those of some requests of usual size. */
    private static final int KEPT = 4 << 20;

    private final int maxBytes;
    private final Function<Bytes, Future<Bytes>> encoding;
    private final Deque<WireAppender> idle = new ArrayDeque<>();
    private int kept;
    private final Map<String, Open> open = new LinkedHashMap<>();
    private List<PushRequest> finished = new ArrayList<>();
    private Open last = new Open("");

    /**
     * @param maxBytes of a request before it is encoded; 0 for no bound. An entry that is larger by itself makes a request of its own
     * @param encoding makes the body of a request. What it is given is written over once that is done
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
        Future<Bytes> body = encoding.apply(request.toBytes());
        finished.add(new PushRequest(request.tenant, body, request.items));
        body.onComplete(done -> request.streams.values().forEach(this::keep));
    }

    private WireAppender buffer() {
        if (idle.isEmpty()) {
            return new WireAppender(USUAL_STREAM);
        }
        WireAppender buffer = idle.pop();
        kept -= buffer.capacity();
        return buffer;
    }

    private void keep(WireAppender buffer) {
        if (kept + buffer.capacity() <= KEPT) {
            buffer.truncate(0);
            idle.push(buffer);
            kept += buffer.capacity();
        }
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
                stream = streams.computeIfAbsent(of, this::stream);
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

        private WireAppender stream(String of) {
            WireAppender begun = buffer();
            begun.string(LABELS, of);
            return begun;
        }

        /** The whole request, which takes nothing any more, as it lies in the buffers of its streams. */
        Bytes toBytes() {
            List<Bytes> parts = new ArrayList<>(2 * streams.size());
            for (WireAppender content : streams.values()) {
                WireAppender head = new WireAppender(FRAME);
                head.tag(STREAMS, Wire.LEN);
                head.plainVarint(content.length());
                parts.add(head.view());
                parts.add(content.view());
            }
            return Bytes.concat(parts);
        }
    }
}
