# bash completion for tomada(1)
_tomada() {
	local cur=${COMP_WORDS[COMP_CWORD]} command= i
	COMPREPLY=()
	for ((i = 1; i < COMP_CWORD; i++)); do
		case ${COMP_WORDS[i]} in
		--lang | --page | --to | --take | -o) ((i++)) ;;
		-*) ;;
		*) command=${COMP_WORDS[i]} && break ;;
		esac
	done
	if [[ ${COMP_WORDS[COMP_CWORD - 1]} == --lang ]]; then
		mapfile -t COMPREPLY < <(compgen -W 'en pt_BR' -- "$cur")
		return
	fi
	if [[ ${COMP_WORDS[COMP_CWORD - 1]} == --to ]]; then
		mapfile -t COMPREPLY < <(compgen -W 'python c' -- "$cur")
		return
	fi
	if [[ ${COMP_WORDS[COMP_CWORD - 1]} == -o ]]; then
		mapfile -t COMPREPLY < <(compgen -d -- "$cur")
		return
	fi
	if [[ $cur == -* ]]; then
		mapfile -t COMPREPLY < <(compgen -W \
			'--plain --lang --list --page --watch --class --to --take --help --version' -- "$cur")
		return
	fi
	case $command in
	'') mapfile -t COMPREPLY < <(compgen -W \
		'lesson lab check open why notes export' -- "$cur") ;;
	lesson) mapfile -t COMPREPLY < <(compgen -W \
		"$(tomada lesson --list 2>/dev/null)" -- "$cur"
		compgen -f -X '!*.md' -- "$cur") ;;
	lab) mapfile -t COMPREPLY < <(compgen -f -X '!*.lab' -- "$cur") ;;
	check) mapfile -t COMPREPLY < <(compgen -f -X '!*.@(md|lab)' -- "$cur") ;;
	open | why | notes | export) mapfile -t COMPREPLY < <(compgen -f -X '!*.pcapng' -- "$cur") ;;
	esac
}
complete -o filenames -F _tomada tomada
