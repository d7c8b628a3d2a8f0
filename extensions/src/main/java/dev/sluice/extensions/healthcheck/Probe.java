package dev.sluice.extensions.healthcheck;

/** What can be asked for. On one loop. */
interface Probe {
    /** Empty if nothing can. */
    String path();

    /** {@code query} is what stands behind the question mark, not decoded. */
    Answer answer(String query);

    /** A status, a content type and a body. */
    record Answer(int status, String type, String body) {
        static final Answer NOT_FOUND = new Answer(404, "text/plain; charset=utf-8", "404 page not found\n");

        static Answer json(int status, String body) {
            return new Answer(status, "application/json", body);
        }
    }
}
