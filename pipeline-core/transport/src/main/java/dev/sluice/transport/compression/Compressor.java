package dev.sluice.transport.compression;

import dev.sluice.api.ComponentContext;
import dev.sluice.otlp.Bytes;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Compresses bodies one way. Native state is kept from one body to the next. Used on one loop; what would hold that loop up is
 * compressed aside.
 */
public final class Compressor {
    private final Compression compression;
    private final int level;
    private final ComponentContext context;
    private final Deque<BodyEncoder> idle = new ArrayDeque<>();
    private boolean closed;

    /** {@code level} as in {@code compression_params}. */
    public Compressor(Compression compression, int level, ComponentContext context) {
        this.compression = compression;
        this.level = level;
        this.context = context;
    }

    public Compression compression() {
        return compression;
    }

    /** The body compressed as a whole; the same object where there is no compression. */
    public Future<Bytes> compress(Bytes body) {
        if (compression == Compression.NONE) {
            return Future.succeededFuture(body);
        }
        BodyEncoder encoder = idle.isEmpty() ? BodyEncoder.of(compression, level) : idle.pop();
        if (body.length() <= compression.atOnce(level)) {
            Bytes encoded = encoder.encode(body);
            release(encoder);
            return Future.succeededFuture(encoded);
        }
        return context.blocking(() -> encoder.encode(body)).onComplete(done -> release(encoder));
    }

    /** Frees native memory. Legal twice; a body under way still ends. */
    public void close() {
        closed = true;
        while (!idle.isEmpty()) {
            idle.pop().close();
        }
    }

    private void release(BodyEncoder encoder) {
        if (closed) {
            encoder.close();
        } else {
            idle.push(encoder);
        }
    }
}
