package io.sipcodes.spring;

import java.util.List;

/** What becomes of the SIP traffic, told without naming a class of JAIN-SIP. */
interface Traffic {

    /** Why stacks that are built now are not attached to; empty if they are. */
    String obstacle();

    /** The names of what is told of it. */
    List<String> outputs();
}
