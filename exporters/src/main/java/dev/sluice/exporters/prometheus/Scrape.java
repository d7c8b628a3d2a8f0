package dev.sluice.exporters.prometheus;

import dev.sluice.otlp.Bytes;
import dev.sluice.prometheus.ExpositionWriter;
import dev.sluice.prometheus.Sample;
import dev.sluice.transport.server.HttpCall;
import io.vertx.core.Context;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One answer to a scraper. A large one is made and sent in pieces, at the scraper's pace, and lets the loop do other work between
 * them: points that come meanwhile may show in what is not yet written.
 */
final class Scrape {
    /** About a millisecond's work. */
    private static final int SAMPLES_AT_A_TIME = 2_000;

    private final HttpCall call;
    private final String type;
    private final ExpositionWriter writer;
    private final Encoder encoder;
    private final Context context;
    private final Iterator<SeriesStore.Part> parts;
    private Iterator<Sample> samples = Collections.emptyIterator();
    private SeriesStore.@Nullable Part open;

    Scrape(
            HttpCall call,
            String type,
            ExpositionWriter writer,
            Encoder encoder,
            List<SeriesStore.Part> parts,
            Context context) {
        this.call = call;
        this.type = type;
        this.writer = writer;
        this.encoder = encoder;
        this.parts = parts.iterator();
        this.context = context;
    }

    /** Sends the first piece, and the rest by and by. */
    void send() {
        if (!write()) {
            call.answer(200, type, encoder.encode(writer.finish(), true));
            return;
        }
        call.onClosed(encoder::close);
        call.begin(200, type);
        next(call.write(encoder.encode(writer.take(), false)));
    }

    private void next(boolean keepsUp) {
        if (keepsUp) {
            context.runOnContext(go -> resume());
        } else {
            call.onDrain(() -> context.runOnContext(go -> resume()));
        }
    }

    private void resume() {
        if (call.closed()) {
            return;
        }
        if (write()) {
            Bytes piece = writer.take();
            next(piece.isEmpty() || call.write(encoder.encode(piece, false)));
        } else {
            call.write(encoder.encode(writer.finish(), true));
            call.end();
        }
    }

    /** Whether anything is left. */
    private boolean write() {
        int budget = SAMPLES_AT_A_TIME;
        while (budget > 0) {
            if (samples.hasNext()) {
                writer.sample(samples.next());
                budget--;
                continue;
            }
            if (open != null) {
                writer.end();
                open = null;
            }
            if (!parts.hasNext()) {
                return false;
            }
            SeriesStore.Part part = parts.next();
            samples = part.samples().get();
            // A family may have lost its last series since the answer began; one without samples would be an error in
            // some formats.
            if (samples.hasNext()) {
                open = part;
                writer.begin(part.header());
            }
        }
        return true;
    }
}
