/* tags: tag, length, value, until a tag 0 (epan/exported_pdu.h). */
#include "journal/tags.h"

#include "packet/reader.h"

enum { TAG_END = 0, TAG_DISSECTOR_NAME = 12 };

const uint8_t tags_of_line[TAGS_SIZE] = {
	0, TAG_DISSECTOR_NAME, 0, 8, 's', 'y', 's', 'l', 'o', 'g', 0, 0,
	0, TAG_END, 0, 0,
};

size_t tags_length(const uint8_t *packet, size_t n)
{
	struct reader r = reader_of(packet, n);
	uint16_t tag, len;

	do {
		tag = reader_be16(&r);
		len = reader_be16(&r);
		reader_bytes(&r, len);
		if (r.short_of)
			return 0;
	} while (tag != TAG_END);
	return r.at;
}
