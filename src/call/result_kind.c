/*
 * result_kind: what a call, or an option, can give at all, and the sentence
 * that says so to whoever expects something else.
 */
#include "base/intl.h"
#include "call/value_parse.h"

static bool is_constant_of(const struct call_row *row, const struct value *v)
{
	return v->kind == VALUE_NUMBER || (v->kind == VALUE_CONSTANT &&
		v->set == constant_set(row->result_set));
}

static bool is_count(const struct value *v)
{
	return v->kind == VALUE_NUMBER || v->kind == VALUE_BELOW;
}

bool value_fits_result(const struct call_row *row, const struct value *v)
{
	if (v->kind == VALUE_ERRNO || v->kind == VALUE_ANY)
		return true;
	switch (row->result) {
	case RESULT_ZERO:
		return v->kind == VALUE_NUMBER;
	case RESULT_FD:
	case RESULT_COUNT:
	case RESULT_NUMBER:
	case RESULT_PROCESS:
		return is_count(v);
	case RESULT_FLAGS:
	case RESULT_CONST:
		return is_constant_of(row, v);
	case RESULT_BYTES: /* with MSG_TRUNC, what it returned as well */
		return v->kind == VALUE_BYTES || value_field(v, "returned");
	case RESULT_ADDRESS:
		return v->kind == VALUE_ADDRESS || value_is_none(v);
	case RESULT_FDS:
	case RESULT_READY:
	case RESULT_ADDRESSES:
		return v->kind == VALUE_LIST;
	case RESULT_RECORD:
		return v->kind == VALUE_RECORD;
	case RESULT_OPTION:
		return is_count(v) || v->kind == VALUE_CONSTANT ||
			v->kind == VALUE_TIME || v->kind == VALUE_RECORD;
	}
	return true;
}

bool value_fits_option(const struct option_row *o, const struct value *v)
{
	if (v->kind == VALUE_ERRNO || v->kind == VALUE_ANY)
		return true;
	switch (o->type) {
	case OPTION_NUMBER:
	case OPTION_SWITCH:
	case OPTION_ERRNO:
		return is_count(v) || v->kind == VALUE_CONSTANT;
	case OPTION_TIME:
	case OPTION_SECONDS:
	case OPTION_MS:
		return v->kind == VALUE_TIME || value_is_none(v);
	case OPTION_LINGER:
	case OPTION_TCP_INFO:
		return v->kind == VALUE_RECORD;
	}
	return true;
}

const char *value_option_told(const struct option_row *o)
{
	switch (o->type) {
	case OPTION_NUMBER:
	case OPTION_SWITCH:
		return N_("%s is a number");
	case OPTION_ERRNO:
		return N_("%s is the number of an error, as in 111 "
			"(ECONNREFUSED), or 0");
	case OPTION_TIME:
	case OPTION_SECONDS:
	case OPTION_MS:
		return N_("%s is a time, as in 2s, or none");
	case OPTION_LINGER:
		return N_("%s is a record, as in {l_onoff=1, l_linger=0}");
	case OPTION_TCP_INFO:
		return N_("%s is a record, as in {state=ESTABLISHED}");
	}
	return "%s";
}

const char *value_result_told(const struct call_row *row)
{
	switch (row->result) {
	case RESULT_ZERO:
		return N_("%s gives 0, or an error's name");
	case RESULT_FD:
		return N_("%s gives a descriptor, a number, or an error's "
			"name");
	case RESULT_COUNT:
		return N_("%s gives how many bytes it took, or an error's "
			"name");
	case RESULT_NUMBER:
		return N_("%s gives a number, or an error's name");
	case RESULT_FLAGS:
	case RESULT_CONST:
		return N_("%s gives %s or the like, or an error's name");
	case RESULT_BYTES:
		return N_("%s gives bytes, \"\" at the end, or an error's "
			"name");
	case RESULT_ADDRESS:
		return N_("%s gives an address, as in server:9999, or an "
			"error's name");
	case RESULT_FDS:
		return N_("%s gives two descriptors, as in [3, 4], or an "
			"error's name");
	case RESULT_READY:
		return N_("%s gives descriptors with flags, as in [conn: %s], "
			"or an error's name");
	case RESULT_RECORD:
		return N_("%s gives a record, as in {bytes=\"hi\"}, or an "
			"error's name");
	case RESULT_ADDRESSES:
		return N_("%s gives addresses, as in [10.0.0.2:80], or an "
			"error's name");
	case RESULT_OPTION:
		return N_("%s gives the option's value, or an error's name");
	case RESULT_PROCESS:
		return N_("%s gives a process number, or an error's name");
	}
	return "%s";
}
