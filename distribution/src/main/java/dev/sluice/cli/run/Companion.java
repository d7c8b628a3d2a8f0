package dev.sluice.cli.run;

/** Something that lives beside the service. Called on the thread that runs the process. */
public interface Companion {
    /** Everything is ready. */
    void started();

    /** The end has been asked for; nothing is drained yet. */
    void stopping();

    /** Nothing beside the service. */
    static Companion none() {
        return new Companion() {
            @Override
            public void started() {}

            @Override
            public void stopping() {}
        };
    }
}
