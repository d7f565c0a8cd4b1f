/* frames: what the gate calls (lab/frames.c). */
#ifndef LAB_FRAMES_H
#define LAB_FRAMES_H

#include "wire/gate.h"

struct lab;

struct gate_ports frames_ports(struct lab *lab);

/* Say in the journal how many frames the kernel dropped since last asked. */
void frames_tell_losses(struct lab *lab);

#endif
