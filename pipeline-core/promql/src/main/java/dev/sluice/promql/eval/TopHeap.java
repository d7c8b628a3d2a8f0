package dev.sluice.promql.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The k greatest elements of a vector, or the k least: a binary heap with the worst of them on top. NaN is worse than every number. Of equal
 * elements the same stay as in Prometheus, whose heap (Go's container/heap) this one equals.
 */
final class TopHeap {
    private final boolean least;
    private Vector vector = new Vector();
    private int capacity;
    private int[] elements = new int[4];
    private int size;

    TopHeap(boolean least) {
        this.least = least;
    }

    void begin(Vector in, int k) {
        vector = in;
        capacity = k;
        size = 0;
    }

    /** Takes an element while there is room. */
    void limit(int element) {
        if (size < capacity) {
            append(element);
        }
    }

    void offer(int element) {
        if (size < capacity) {
            append(element);
            up(size - 1);
        } else if (better(element, elements[0])) {
            elements[0] = element;
            down(0);
        }
    }

    private void append(int element) {
        if (size == elements.length) {
            elements = Arrays.copyOf(elements, 2 * size);
        }
        elements[size++] = element;
    }

    private boolean better(int a, int b) {
        double x = vector.value(a);
        double y = vector.value(b);
        return (least ? x < y : x > y) || (Double.isNaN(y) && !Double.isNaN(x));
    }

    private boolean worse(int a, int b) {
        double x = vector.value(a);
        double y = vector.value(b);
        return Double.isNaN(x) || (least ? x > y : x < y);
    }

    private void up(int from) {
        int i = from;
        while (i > 0) {
            int parent = (i - 1) / 2;
            if (!worse(elements[i], elements[parent])) {
                return;
            }
            swap(i, parent);
            i = parent;
        }
    }

    private void down(int from) {
        int i = from;
        while (true) {
            int child = 2 * i + 1;
            if (child >= size) {
                return;
            }
            if (child + 1 < size && worse(elements[child + 1], elements[child])) {
                child++;
            }
            if (!worse(elements[child], elements[i])) {
                return;
            }
            swap(i, child);
            i = child;
        }
    }

    private void swap(int i, int j) {
        int moved = elements[i];
        elements[i] = elements[j];
        elements[j] = moved;
    }

    /** The elements taken, in no order. */
    List<Integer> members() {
        List<Integer> members = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            members.add(elements[i]);
        }
        return members;
    }

    /** The elements taken, the best first. */
    List<Integer> sorted() {
        List<Integer> members = members();
        members.sort((a, b) -> better(a, b) ? -1 : better(b, a) ? 1 : 0);
        return members;
    }
}
