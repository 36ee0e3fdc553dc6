package dev.fairground.check;

/** A subject with what is known of it. */
record Gathered<F extends Facts>(Subject subject, F facts) {}
