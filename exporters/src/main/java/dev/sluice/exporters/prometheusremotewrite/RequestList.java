package dev.sluice.exporters.prometheusremotewrite;

import dev.sluice.exporters.Shipment;
import dev.sluice.otlp.Bytes;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Collects requests of bounded size. A unit, {@code open} to {@code add}, comes into one request, even if it is larger than the bound by
 * itself: {@code open}, write, write again if it {@link #overflowed}, {@code add}.
 */
final class RequestList {
    private final RequestWriter writer;
    private final Function<Bytes, Future<Bytes>> compression;
    private final int maxBytes;
    private final List<Request> finished = new ArrayList<>();
    private boolean open;
    private boolean empty;
    private boolean ordered;
    private int points;

    /**
     * One request.
     *
     * @param body compressed, at once unless it is huge: what waits for an answer takes far less memory then
     * @param items points of OTLP that are in it
     * @param ordered holds samples of a series that the request before has earlier ones of, so that it must wait for that
     */
    record Request(Future<Bytes> body, int items, RequestWriter.Counts counts, boolean ordered)
            implements Shipment.Request {}

    RequestList(RequestWriter writer, Function<Bytes, Future<Bytes>> compression, int maxBytes) {
        this.writer = writer;
        this.compression = compression;
        this.maxBytes = maxBytes;
    }

    void open() {
        if (!open) {
            writer.begin();
            open = true;
            empty = true;
            ordered = false;
            points = 0;
        }
        writer.mark();
    }

    /**
     * Whether the unit did not fit and must be written again, into a request that has just begun. {@code follows}: it holds later
     * samples of the series that the unit before was of.
     */
    boolean overflowed(boolean follows) {
        if (empty || writer.length() <= maxBytes) {
            return false;
        }
        writer.rollback();
        end();
        open();
        ordered = follows;
        return true;
    }

    /** The unit is in. */
    void add(int unitPoints) {
        empty = false;
        points += unitPoints;
    }

    /** What comes next comes into another request. */
    void end() {
        if (open && !empty) {
            finished.add(new Request(compression.apply(writer.finish()), points, writer.counts(), ordered));
        }
        open = false;
    }

    /** All requests since the last call. */
    List<Request> take() {
        end();
        List<Request> taken = List.copyOf(finished);
        finished.clear();
        return taken;
    }
}
