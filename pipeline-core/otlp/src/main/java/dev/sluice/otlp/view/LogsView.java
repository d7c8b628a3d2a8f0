package dev.sluice.otlp.view;

import dev.sluice.otlp.Bytes;

/** The log records of a request, each with its resource and scope. */
public final class LogsView extends RequestView {
    private final LogRecordView record = new LogRecordView();

    public LogsView() {}

    public LogsView(Bytes request) {
        reset(request);
    }

    /** Stands before the first of the request's log records. */
    public LogsView reset(Bytes request) {
        cursor.reset(request);
        return this;
    }

    public boolean next() {
        if (!cursor.next()) {
            return false;
        }
        record.reset(cursor.array(), cursor.itemStart(), cursor.itemEnd());
        return true;
    }

    /** The same object for every one of the log records. */
    public LogRecordView record() {
        return record;
    }
}
