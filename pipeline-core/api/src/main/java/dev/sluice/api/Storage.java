package dev.sluice.api;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** What extensions can do that give components places on disk, for what is to outlive the process. Bears calls from any thread. */
public interface Storage {
    /**
     * A directory that is the owner's alone, made where there is none. Blocks. Fails if somebody else has it, in this process or another.
     *
     * @param owner a name for a component that is the same after a restart, and no other component's
     */
    Directory open(String owner) throws IOException;

    /** Held until it is closed. */
    interface Directory extends Closeable {
        Path path();
    }
}
