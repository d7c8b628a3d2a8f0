package dev.sluice.api;

/** On which event loops an instance of a component lives. */
public enum Placement {
    /** One instance on every loop; each sees the batches of its own loop. */
    EVERY_LOOP,
    /** One instance in the process; batches of other loops reach it through an exchange. */
    ONE_LOOP,
    /**
     * One instance on every loop, and each sees all of its share of the keys: traces by trace id, metrics and logs by resource.
     */
    SHARDED
}
