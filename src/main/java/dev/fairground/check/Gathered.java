package dev.fairground.check;

import dev.fairground.fairaccess.Facts;

/** A subject with what is known of it. */
record Gathered<F extends Facts>(Subject subject, F facts) {}
