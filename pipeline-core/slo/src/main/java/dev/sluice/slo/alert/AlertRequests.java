package dev.sluice.slo.alert;

import dev.sluice.promql.series.Labels;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Makes requests to one destination of what waits to be told, and knows which are under way: as many as the format allows, but no two that tell of the
 * same alert, so that what is said of one comes in order. On one loop.
 */
final class AlertRequests {
    private final AlertFormat format;
    private final Set<Labels> alerts = new HashSet<>();
    private int underWay;

    AlertRequests(AlertFormat format) {
        this.format = format;
    }

    /** Takes out of the queue what the next request tells, the oldest that may go; empty where none may. */
    List<AlertNotice> begin(Deque<AlertNotice> queue) {
        List<AlertNotice> batch = new ArrayList<>();
        Iterator<AlertNotice> next = queue.iterator();
        while (underWay < format.maxRequests() && batch.size() < format.maxBatch() && next.hasNext()) {
            AlertNotice notice = next.next();
            if (alerts.contains(notice.labels())) {
                continue;
            }
            if (!batch.isEmpty() && !format.together(batch.getFirst(), notice)) {
                break;
            }
            next.remove();
            batch.add(notice);
        }
        if (!batch.isEmpty()) {
            underWay++;
            batch.forEach(notice -> alerts.add(notice.labels()));
        }
        return batch;
    }

    /** A request that has begun is over, told or not. */
    void end(List<AlertNotice> batch) {
        underWay--;
        batch.forEach(notice -> alerts.remove(notice.labels()));
    }

    boolean isEmpty() {
        return underWay == 0;
    }
}
